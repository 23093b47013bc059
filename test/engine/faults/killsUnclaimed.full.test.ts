import { describeKills } from "./describeKills";

describeKills("kills without claims", { "aws-egress:ownership": "false" });
