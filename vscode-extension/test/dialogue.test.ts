import { expect, it } from "vitest";
import { fitsNotification } from "../src/dialogue";

it("only few and short choices are the buttons of a notification", () => {
  expect(fitsNotification(["Yes", "No"])).toBe(true);
  expect(fitsNotification(["a", "b", "c", "d"])).toBe(false);
  expect(fitsNotification(["either is enough, both are allowed", "No"])).toBe(false);
});
