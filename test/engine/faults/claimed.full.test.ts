import { describePage } from "./describeMatrix";

describePage("faults");
