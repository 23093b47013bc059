import { describeKilledRenames, GOING, TAKEN } from "./killedRenames";

describeKilledRenames("cli", [TAKEN, GOING]);
