import { describeKilledRenames, GOING, TAKEN } from "./killedRenames";

describeKilledRenames("provider", [TAKEN, GOING]);
