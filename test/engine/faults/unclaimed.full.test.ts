import { describePage } from "./describeMatrix";

describePage("faults without claims", { "aws-egress:ownership": "false" });
