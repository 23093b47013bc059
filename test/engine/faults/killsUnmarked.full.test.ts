import { describeKills } from "./describeKills";

describeKills("kills without marks", { "aws-egress:ownership": "false" });
