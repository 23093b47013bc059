import { openedTo, opensAnywhere } from "./anywhere";
import { familiesIn, profileTexts } from "./families";
import { type Kind, listed } from "./finding";

export const addressFamily: Kind = {
  id: "address-family",
  severity: "medium",
  why: "What may go to every address of a family may go to any host on the internet: name the destinations where they are known.",
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
