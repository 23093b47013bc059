import { sharedProfile } from "../reach/whole";
import { openedTo } from "./anywhere";
import { familiesIn, profileTexts } from "./families";
import { type Kind, listed } from "./finding";

export const ipv6Opened: Kind = {
  id: "ipv6-opened",
  severity: "low",
  why: "IPv6 bypasses IPv4 filters such as a NAT gateway or a proxy: open it only where you use it.",
  find(facts) {
    const [ipv4, ipv6] = familiesIn(facts);
    if (ipv4 === undefined || ipv6 === undefined) return [];
    const beside = sharedProfile(ipv6.opens, ipv4.opens);
    if (beside.size === 0) return [];
    const texts = listed(profileTexts(beside, ipv6.atoms));
    return [
      {
        message: `IPv6 opens together with IPv4: ${texts} to every address of both families.`,
        because: openedTo(facts, ["IPv6"]),
      },
    ];
  },
};
