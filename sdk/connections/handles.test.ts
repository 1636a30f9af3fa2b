import { expect, onTestFinished, test, vi } from "vitest";
import { Handles, type HandlesOptions, type Wanted } from "./handles";

function world(options: Partial<HandlesOptions> = {}) {
  const opened: string[] = [];
  const closed: string[] = [];
  const handles = new Handles({ most: 2, idleMs: 60_000, waitMs: 50, ...options });
  onTestFinished(() => handles.close());
  const wanted = (key: string, group = key): Wanted => ({
    key,
    group,
    async open() {
      opened.push(key);
      if (key === "broken") throw new Error("No.");
      return {
        run: () => Promise.reject(new Error("Nothing runs here.")),
        close: async () => void closed.push(key),
      };
    },
  });
  return { handles, opened, closed, wanted };
}

test("fifty who want the same at once share what one opened", async () => {
  const { handles, opened, wanted } = world();
  const slots = await Promise.all(Array.from({ length: 50 }, () => handles.take(wanted("a"))));
  expect(opened).toEqual(["a"]);
  expect(new Set(slots).size).toBe(1);
  expect(slots[0]?.users).toBe(50);
});

test("the longest unused makes room, and never one that is in use", async () => {
  const { handles, closed, wanted } = world();
  const a = await handles.take(wanted("a"));
  handles.giveBack(await handles.take(wanted("b")));
  handles.giveBack(await handles.take(wanted("c")));
  await vi.waitFor(() => expect(closed).toEqual(["b"]));
  handles.giveBack(a);
  handles.giveBack(await handles.take(wanted("c")));
  handles.giveBack(await handles.take(wanted("d")));
  await vi.waitFor(() => expect(closed).toEqual(["b", "a"]));
  expect(handles.size).toBe(2);
});

test("when all are in use, the next one waits for its turn, and not forever", async () => {
  const { handles, wanted } = world({ most: 1, waitMs: 10_000 });
  const a = await handles.take(wanted("a"));
  const waiting = handles.take(wanted("b"));
  handles.giveBack(a);
  expect((await waiting).key).toBe("b");
  const impatient = world({ most: 1, waitMs: 20 });
  await impatient.handles.take(impatient.wanted("a"));
  await expect(impatient.handles.take(impatient.wanted("b"))).rejects.toMatchObject({ code: "limit" });
});

test("a new one of a group takes the place of the old one, which closes when its users are done", async () => {
  const { handles, closed, wanted } = world();
  const old = await handles.take(wanted("first", "tenant"));
  const young = await handles.take(wanted("second", "tenant"));
  expect(handles.size).toBe(1);
  expect(closed).toEqual([]);
  handles.giveBack(old);
  await vi.waitFor(() => expect(closed).toEqual(["first"]));
  handles.giveBack(young);
  handles.retire("tenant", null);
  await vi.waitFor(() => expect(closed).toEqual(["first", "second"]));
});

test("one that nobody uses closes by itself", async () => {
  const { handles, closed, wanted } = world({ idleMs: 40 });
  const kept = await handles.take(wanted("kept"));
  handles.giveBack(await handles.take(wanted("idle")));
  await vi.waitFor(() => expect(closed).toEqual(["idle"]), { timeout: 5_000 });
  expect(handles.size).toBe(1);
  handles.giveBack(kept);
});

test("one that could not be opened is tried anew by the next", async () => {
  const { handles, opened, wanted } = world();
  for (const _ of [1, 2]) {
    const slot = await handles.take(wanted("broken"));
    await expect(slot.handle).rejects.toThrow("No.");
    handles.giveBack(slot);
  }
  expect(opened).toEqual(["broken", "broken"]);
});
