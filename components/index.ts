export { AllowHttpsOut } from "./allowHttpsOut";
export type { AllowOutArgs } from "./allowService";
export type { Destination, Destinations } from "./destination";
