import { describePage } from "./describeMatrix";

describePage("faults without marks", { "aws-egress:ownership": "false" });
