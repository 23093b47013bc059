import { describeKills } from "./describeKills";

describeKills("kills");
