import { sharedProfile } from "../reach/whole";
import { openedTo } from "./anywhere";
import { familiesIn, profileTexts } from "./families";
import { type Kind, listed } from "./finding";

export const ipv6Opened: Kind = {
  id: "ipv6-opened",
  severity: "low",
  why: "IPv6 goes round what filters IPv4, such as a NAT gateway or a proxy: open it where it is used, not out of habit.",
  find(facts) {
    const [ipv4, ipv6] = familiesIn(facts);
    if (ipv4 === undefined || ipv6 === undefined) return [];
    const beside = sharedProfile(ipv6.opens, ipv4.opens);
    if (beside.size === 0) return [];
    const texts = listed(profileTexts(beside, ipv6.atoms));
    return [
      {
        message: `IPv6 is opened beside IPv4: ${texts} to every address of both.`,
        because: openedTo(facts, ["IPv6"]),
      },
    ];
  },
};
