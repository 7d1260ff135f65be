// SPDX-License-Identifier: Apache-2.0
//
// doing: what every part of the page does the same way: load, change, and say what came of it.
import { useCallback, useEffect, useState } from "preact/hooks";
import { ask } from "./api.js";

let tell = () => {};
export const onWords = (listener) => (tell = listener);

// Puts a sentence into the page's live region; an empty one clears it.
export const say = (text, tone = "good") => tell({ text, tone });

// {data, problem, reload}: the answer to GET path, asked anew whenever path changes.
export function useLoaded(path) {
  const [state, setState] = useState({});
  const reload = useCallback(async () => {
    try {
      const data = await ask("GET", path);
      setState({ path, data });
    } catch (problem) {
      setState({ path, problem });
    }
  }, [path]);
  useEffect(() => {
    reload();
  }, [reload]);
  return state.path === path ? { ...state, reload } : { reload };
}

// [busy, run]: run(change) clears the last words, awaits change() and says its answer's words, or
// why it could not be done. True if it was done.
export function useChange() {
  const [busy, setBusy] = useState(false);
  async function run(change) {
    say("");
    setBusy(true);
    try {
      const answer = await change();
      if (answer?.says) say(answer.says, answer.tone);
      return true;
    } catch (problem) {
      say(problem.message, "bad");
      return false;
    } finally {
      setBusy(false);
    }
  }
  return [busy, run];
}
