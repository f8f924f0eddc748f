using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Copilot.EndToEnd.Browser;

/// <summary>What can be told of a page's accessibility without a person: contrast, names and labels, headings.</summary>
internal static class Accessibility
{
    private static readonly string[] Grave = ["moderate", "serious", "critical"];

    /// <summary>Fails on text below WCAG AA's contrast (4.5, or 3 for large text), on controls without a name, and on what axe calls
    /// moderate or worse.</summary>
    public static async Task AssertReadableAsync(IPage page)
    {
        var problems = await page.EvaluateAsync<string[]>(Script);
        Assert.True(problems.Length == 0, $"{page.Url}:\n{string.Join('\n', problems.Take(20))}");
        var axe = await page.RunAxe();
        var broken = axe
            .Violations.Where(violation => Grave.Contains(violation.Impact))
            .Select(violation =>
                $"{violation.Impact} {violation.Id}: {violation.Help}\n    "
                + string.Join("\n    ", violation.Nodes.Take(5).Select(node => node.Html))
            )
            .ToArray();
        Assert.True(broken.Length == 0, $"{page.Url}:\n{string.Join('\n', broken)}");
    }

    /// <summary>Nothing sticks out of the page to the side.</summary>
    public static async Task AssertFitsAsync(IPage page) =>
        Assert.True(
            await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth") <= 0,
            $"{page.Url} is wider than its window."
        );

    private const string Script = """
        () => {
          const problems = [];
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const parse = colour => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
            return [r, g, b, a / 255];
          };
          const luminance = ([r, g, b]) => {
            const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * x + 0.7152 * y + 0.0722 * z;
          };
          const background = element => {
            const layers = [];
            for (let at = element; at; at = at.parentElement) {
              const style = getComputedStyle(at);
              if (style.backgroundImage !== "none" && at !== document.body) return null;
              const colour = parse(style.backgroundColor);
              if (colour[3] > 0) layers.push(colour);
              if (colour[3] === 1) break;
            }
            let result = [255, 255, 255];
            for (const [r, g, b, a] of layers.reverse()) result = [r, g, b].map((v, i) => v * a + result[i] * (1 - a));
            return result;
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const text = walker.currentNode.textContent.trim();
            const element = walker.currentNode.parentElement;
            if (!text || !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || element.closest("script, style, noscript, svg, .unseen, .skip, .rzi, [aria-hidden=true], :disabled")) continue;
            const box = element.getBoundingClientRect();
            if (box.width < 2 || box.height < 2) continue;
            const style = getComputedStyle(element);
            const under = background(element);
            if (!under) continue;
            const [r, g, b, a] = parse(style.color);
            const ink = [r, g, b].map((v, i) => v * a + under[i] * (1 - a));
            const [light, dark] = [luminance(ink), luminance(under)].sort((x, y) => y - x);
            const ratio = (light + 0.05) / (dark + 0.05);
            const size = parseFloat(style.fontSize);
            const needed = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700) ? 3 : 4.5;
            if (ratio < needed - 0.01) problems.push(`contrast ${ratio.toFixed(2)}: "${text.slice(0, 40)}" (${style.color} on ${under.map(Math.round)})`);
          }
          for (const control of document.querySelectorAll("button, a[href], input, textarea, select, [role=treegrid]")) {
            if (!control.checkVisibility()) continue;
            const name = control.getAttribute("aria-label") || control.textContent.trim() || control.title
              || [...(control.labels ?? [])].map(label => label.textContent.trim()).join(" ");
            if (!name) problems.push(`no name: ${control.outerHTML.slice(0, 120)}`);
          }
          if (document.querySelectorAll("h1").length !== 1) problems.push(`${document.querySelectorAll("h1").length} first-level headings`);
          if (!document.documentElement.lang) problems.push("no language");
          if (!document.querySelector("main")) problems.push("no main landmark");
          return problems;
        }
        """;
}
