// The page's own words in two languages.  Names of kinds and relations come with the data.
const WORDS = {
  zh: {
    title: "政策答复知识图谱",
    search: "按名称查找", searchHint: "查找名称或别名（按 / 键）", hits: "查找结果", noHits: "没有找到",
    tools: "图的工具", fit: "适应窗口", lineNames: "关系名称", physics: "动态布局", otherLanguage: "English",
    goBack: "后退", goForward: "前进", fitHint: "缩放到能看到图中全部内容", lineNamesHint: "在连线上标出关系名称",
    physicsHint: "让节点自行移动散开；再按一次停止", filterHint: "按类别、年份、关系等筛选", takeAwayHint: "保存图片、事实数据，或打印",
    filter: "筛选", filters: "筛选条件", chosenFilters: "已选条件", takeAway: "导出",
    legend: "图例：点击可隐藏或显示一类", graph: "知识图谱的图形；内容可用查找框和详情栏读取", panel: "详情", skip: "跳到详情",
    letterCount: "{count} 封信", documentCount: "{count} 份文件", thingCount: "{count} 个实体", figureCount: "{count} 个数字", lineCount: "{count} 条连线",
    shownCount: "图中显示 {nodes}、{lines}", partOf: "本页只含图谱的一部分：{part}", otherDocuments: "另 {count} 份文件",
    factCount: "{count} 条事实", of: "：", comma: "，", and: "、", none: "原文没有关于它的句子。",
  },
  en: {
    title: "Knowledge Graph of Policy Replies",
    search: "Search by name", searchHint: "Search a name or alias (press /)", hits: "Search results", noHits: "Nothing found",
    tools: "Tools of the drawing", fit: "Fit to window", lineNames: "Relation names", physics: "Live layout", otherLanguage: "中文",
    goBack: "Back", goForward: "Forward", fitHint: "Zoom until the whole picture is in view", lineNamesHint: "Write the relations on the lines",
    physicsHint: "Let the nodes move by themselves; press again to stop", filterHint: "Filter by kind, year, relation and more", takeAwayHint: "Save the picture or the facts, or print",
    filter: "Filter", filters: "Filters", chosenFilters: "Chosen filters", takeAway: "Export",
    legend: "Legend: click to hide or show a kind", graph: "Drawing of the knowledge graph; read its content by search and the details panel",
    panel: "Details", skip: "Skip to the details",
    letterCount: "{count} letters", letterCount1: "1 letter", documentCount: "{count} documents", documentCount1: "1 document",
    thingCount: "{count} entities", thingCount1: "1 entity", figureCount: "{count} figures", figureCount1: "1 figure", lineCount: "{count} lines", lineCount1: "1 line",
    shownCount: "shown: {nodes}, {lines}", partOf: "Only a part of the graph: {part}", otherDocuments: "{count} other documents", otherDocuments1: "1 other document",
    factCount: "{count} facts", factCount1: "1 fact", of: ": ", comma: ", ", and: ", ", none: "No sentence is about it.",
  },
};

let language = preferredLanguage(navigator.languages ?? [navigator.language]);

// The first of the reader's languages that the page speaks; English for those who read neither.
function preferredLanguage(wanted) {
  const known = wanted.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => Object.hasOwn(WORDS, tag));
  return known ?? "en";
}

// The words for a key, with {names} filled in.  A number of things that is 1 takes the English words of "key1", if there are
// any; where not only letters were read, the words of "key_read" are taken.
function words(key_, values = {}) {
  const key = !onlyLetters() && WORDS[language][`${key_}_read`] !== undefined ? `${key_}_read` : key_;
  const one = language === "en" && values.count === 1 ? WORDS.en[`${key}1`] : undefined;
  return (one ?? WORDS[language][key]).replace(/\{(\w+)\}/g, (whole, name) =>
    typeof values[name] === "number" ? values[name].toLocaleString("en-US") : values[name] ?? whole);
}

const titleGiven = document.title !== WORDS.zh.title; // a title that was given stays as it is

// The label of a kind or relation in the page's language.
function label(concept) {
  return concept[language] || concept.zh || concept.name;
}

// Sets the words of the elements that stand in the template.
function translate() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  if (!titleGiven) document.title = document.querySelector("h1").textContent = [words("title"), partSaid()].filter(Boolean).join(words("of"));
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = words(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", words(element.dataset.label));
  for (const element of document.querySelectorAll("[data-title]")) element.title = words(element.dataset.title);
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = words(element.dataset.placeholder);
  document.getElementById("language").lang = language === "zh" ? "en" : "zh-CN"; // it is named in the other language
}
