/** What leaves to a service. */
export interface Service {
  /** The name of the component that allows it. */
  readonly component: string;
  /** What it is, in a few words: the description of its rules where none is given. */
  readonly title: string;
  readonly traffic: readonly Traffic[];
}

/** One protocol, with its ports. */
export interface Traffic {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** The services that have a component of their own. */
export const SERVICES = {
  https: {
    component: "AllowHttpsOut",
    title: "HTTPS",
    traffic: [{ protocol: "tcp", fromPort: 443, toPort: 443 }],
  },
} as const satisfies { readonly [name: string]: Service };
