// Puts the server, as a wheel of the same commit, beside the extension: what is installed then always fits.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";

const python = process.env.PYTHON ?? "python3";
rmSync("wheel", { recursive: true, force: true });
mkdirSync("wheel");
const ran = spawnSync(python, ["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--wheel-dir", "wheel", ".."], { stdio: "inherit" });
if (ran.status !== 0) {
  console.error(`The server's wheel could not be built with ${python}; set PYTHON to a Python 3.11 or newer that has pip.`);
  process.exit(1);
}
console.log(`wheel/${readdirSync("wheel").join(", ")}`);
