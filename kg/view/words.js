// The page's own words in two languages.  Names of kinds and relations come with the data.
const WORDS = {
  zh: {
    search: "按名称查找", searchHint: "查找名称或别名（按 / 键）", hits: "查找结果", noHits: "没有找到",
    tools: "图的工具", fit: "全图", lineNames: "关系名称", physics: "动态布局", otherLanguage: "English",
    legend: "图例：点击可隐藏或显示一类", graph: "知识图谱的图形；内容可用查找框和详情栏读取", panel: "详情",
    counts: "{documents} 封信 · {things} 个实体 · {facts} 条事实 · {figures} 个数字；图中显示 {nodes} 个实体、{lines} 条连线",
    letters: "所读信件", help: "点击节点或连线，查看事实与原句；双击节点，展开与之相连的实体。",
    aliases: "又称", facts: "关系", figures: "数字", standings: "状态", sentences: "原句", whole: "全文",
    expand: "展开相连实体（{count}）", expanded: "相连实体均已显示", centre: "居中", hide: "从图中移去", back: "返回概览",
    indicator: "指标", value: "数值", period: "时间", type: "类别", source: "原句",
    done: "已完成", ongoing: "进行中", planned: "计划中", form: "函件格式", report: "工作情况", plan: "下一步",
    named: "信中提到", more: "显示更多（还有 {count} 句）", moreRows: "显示更多（还有 {count} 条）", readWith: "须连同阅读", sentence: "第 {number} 句",
    hidden: "“{kind}”一类已重新显示。", none: "原文没有关于它的句子。", factCount: "{count} 条事实",
    of: "：",
  },
  en: {
    search: "Search by name", searchHint: "Search a name or alias (press /)", hits: "Search results", noHits: "Nothing found",
    tools: "Tools of the drawing", fit: "Whole graph", lineNames: "Relation names", physics: "Live layout", otherLanguage: "中文",
    legend: "Legend: click to hide or show a kind", graph: "Drawing of the knowledge graph; read its content by search and the details panel",
    panel: "Details",
    counts: "{documents} letters · {things} entities · {facts} facts · {figures} figures; shown: {nodes} entities, {lines} lines",
    letters: "Letters read", help: "Click a node or a line for its facts and sentences; double-click a node to show its neighbours.",
    aliases: "Also", facts: "Relations", figures: "Figures", standings: "Status", sentences: "Sentences", whole: "Full text",
    expand: "Show neighbours ({count})", expanded: "All neighbours are shown", centre: "Centre", hide: "Take away", back: "Overview",
    indicator: "Indicator", value: "Value", period: "Period", type: "Kind", source: "Sentence",
    done: "done", ongoing: "ongoing", planned: "planned", form: "form", report: "report", plan: "plan",
    named: "named in the letter", more: "Show more ({count} left)", moreRows: "Show more ({count} left)", readWith: "To be read with", sentence: "Sentence {number}",
    hidden: "The kind “{kind}” is shown again.", none: "No sentence is about it.", factCount: "{count} facts",
    of: ": ",
  },
};

let language = "zh";

// The words for a key, with {names} filled in.
function words(key, values = {}) {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (whole, name) =>
    typeof values[name] === "number" ? values[name].toLocaleString("en-US") : values[name] ?? whole);
}

// The label of a kind or relation in the page's language.
function label(concept) {
  return concept[language] || concept.zh || concept.name;
}

// Sets the words of the elements that stand in the template.
function translate() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = words(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", words(element.dataset.label));
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = words(element.dataset.placeholder);
}
