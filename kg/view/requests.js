// What was asked, what was answered: each request that a letter repeats from its proposal, with the sentences that answer
// it and what they say became of it.  A click on one of these goes to it in the letter's text.
const OUTCOMES = ["done", "ongoing", "planned", "declined"];
const ANSWERS_AT_ONCE = 5;

function passesRequest({ sentences: asked, answers }) {
  return asked.some(passesSentence) || answers.some(([id]) => passesSentence(id));
}

function requestsPart(thing, asked, proof) {
  if (!asked.length) return null;
  return part("requests", asked.length, element("ol", { class: "requests" },
    some(asked, (request) => requestItem(thing, request, proof), (more) => element("li", { class: "rest" }, more))));
}

function requestItem(thing, request, proof) {
  const answers = request.answers.filter(([id]) => passingSentences([id]).length > 0);
  const id = `asked-${request.id}`;
  return element("li", {},
    element("p", { class: "asked", id }, request.text, proof.cite(request.sentences, [request.text])),
    isDocument(thing.id) ? null : element("p", { class: "of" }, letterLink(things[request.document])),
    answers.length ? answerList(answers, id) : element("p", { class: "unanswered" }, words(request.answers.length ? "answersHidden" : "noAnswer")));
}

// The first of the answers, and a button for the others.
function answerList(answers, id) {
  const most = onPaper ? answers.length : ANSWERS_AT_ONCE;
  const list = element("ul", { class: "answers", "aria-labelledby": id }, answers.slice(0, most).map(answerItem));
  const rest = answers.slice(most);
  if (rest.length) {
    const button = element("button", { class: "more", onclick: () => { const made = rest.map(answerItem); button.parentElement.replaceWith(...made); focusIn(made[0]); } }, words("more", { count: rest.length }));
    list.append(element("li", { class: "rest" }, button));
  }
  return list;
}

function answerItem([id, outcomes]) {
  return element("li", {}, element("button", { class: "answer", "data-sentence": id, onclick: () => reachPassage(id) },
    outcomes.map((outcome) => element("span", { class: `standing ${OUTCOMES[outcome]}` }, words(`outcome_${OUTCOMES[outcome]}`))),
    element("span", { class: "said" }, sentences[id].text)));
}

// Goes to a sentence where it stands in its letter.
function reachPassage(id) {
  if (selectedThing() !== documentOf(id)) goTo(documentOf(id));
  const passage = document.getElementById(`passage-${id}`);
  if (!passage) return;
  panel.querySelector(".passage.reached")?.classList.remove("reached");
  passage.classList.add("reached");
  passage.tabIndex = -1;
  passage.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "center" });
}
