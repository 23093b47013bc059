import { describeMatrix } from "./describeMatrix";

describeMatrix("faults without marks", { "aws-egress:ownership": "false" });
