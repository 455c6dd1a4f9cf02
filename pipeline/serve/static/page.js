// Progressive help for people who type and click; every page works without it.
import { brush } from "./brush.js";
import { keys } from "./keys.js";
import { slow } from "./slow.js";
import { suggest } from "./suggest.js";

const box = document.querySelector("#q");
keys(box);
slow(document.querySelector(".slow"));
if (box) suggest(box, document.querySelector("#suggestions"));
document.querySelectorAll(".histogram").forEach(brush);
