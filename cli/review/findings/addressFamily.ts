import { openedTo, opensAnywhere } from "./anywhere";
import { familiesIn, profileTexts } from "./families";
import { type Kind, listed } from "./finding";

export const addressFamily: Kind = {
  id: "address-family",
  severity: "medium",
  why: "Traffic to every address of a family can reach any host on the internet: specify known destinations instead.",
  find(facts) {
    const everything = opensAnywhere(facts);
    return familiesIn(facts)
      .filter(({ name, opens }) => opens.size > 0 && !everything.includes(name))
      .map(({ name, opens, atoms }) => ({
        message: `To every ${name} address: ${listed(profileTexts(opens, atoms), 5)}.`,
        because: openedTo(facts, [name]),
      }));
  },
};
