import { describeKilledRenames, GOING } from "./killedRenames";

describeKilledRenames("cli", [GOING], { "aws-egress:ownership": "false" });
