import { describeMatrix } from "./describeMatrix";

describeMatrix("faults");
