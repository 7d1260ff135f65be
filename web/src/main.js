// SPDX-License-Identifier: Apache-2.0
//
// The page of a Sealtone phone: who is logged in, where in the page they are, what was said last.
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, keepToken, onSessionEnd } from "./api.js";
import { onWords, say } from "./doing.js";
import { html } from "./html.js";
import { LogIn } from "./log_in.js";
import { Menu } from "./menu.js";
import { useRoute } from "./route.js";
import { Words } from "./spoken.js";

// "asking", "out", "in", or "ended": it was in, and the phone no longer knows it.
function useSession() {
  const [session, setSession] = useState("asking");
  useEffect(() => {
    onSessionEnd(() => {
      keepToken("");
      setSession((now) => (now === "in" ? "ended" : now));
    });
    ask("GET", "session")
      .then((answer) => {
        keepToken(answer.csrf);
        setSession(answer.logged_in ? "in" : "out");
      })
      .catch((problem) => say(problem.message, "bad"));
  }, []);
  return [session, setSession];
}

function App() {
  const [words, setWords] = useState({ text: "" });
  onWords(setWords);
  const [session, setSession] = useSession();
  const route = useRoute();
  const main = useRef();
  const opened = useRef(location.hash);
  const inside = session === "in";

  // A page that was opened by a link is read from its heading on; what was said before is over.
  useEffect(() => {
    document.title = (inside ? route.title : "Log In") + " – Sealtone";
    if (!inside || opened.current === location.hash) return;
    opened.current = location.hash;
    setWords({ text: "" });
    main.current.querySelector("h1")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  });

  function loggedIn(csrf) {
    keepToken(csrf);
    setWords({ text: "" });
    setSession("in");
  }
  async function logOut() {
    try {
      await ask("DELETE", "session");
    } catch (problem) {
      if (problem.status !== 401) return say(problem.message, "bad");
    }
    keepToken("");
    setSession("out");
    say("You are logged out.");
  }
  function skip(event) {
    event.preventDefault();
    main.current.querySelector("h1")?.focus();
  }

  return html`
    ${inside && html`<a class="skip" href="#main" onClick=${skip}>Skip to the page</a>`}
    <header>
      <p class="brand">Sealtone<span>a desk phone whose TLS explains itself</span></p>
      ${inside && html`<button type="button" class="plain" onClick=${logOut}>Log Out</button>`}
    </header>
    ${inside && html`<${Menu} at=${route.path} />`}
    <main ref=${main} class=${inside ? "" : "alone"}>
      <${Words} words=${words} close=${() => setWords({ text: "" })} />
      ${inside && html`<${route.Page} key=${route.path + route.argument} argument=${route.argument} />`}
      ${(session === "out" || session === "ended") &&
      html`<${LogIn} ended=${session === "ended"} done=${loggedIn} />`}
    </main>
  `;
}

render(html`<${App} />`, document.getElementById("page"));
