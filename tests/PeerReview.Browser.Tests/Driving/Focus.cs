using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Driving;

/// <summary>Where the focus is and whether it can be seen.</summary>
/// <param name="Name">Something to recognise the element by in a failure.</param>
/// <param name="Trouble">Why it cannot be seen, or null.</param>
/// <param name="IsWanted">Whether it is one of the elements looked for.</param>
internal sealed record Focus(string Name, string? Trouble, bool IsWanted)
{
    // A mark is an outline or a shadow that is there with the focus; its colour must not be transparent.
    private const string Script =
        """
        wanted => {
          const at = document.activeElement;
          if (!at || at === document.body || at === document.documentElement) return null;
          const name = ((at.labels && at.labels[0] ? at.labels[0].textContent : at.textContent) || at.getAttribute('aria-label') || at.name || at.tagName)
            .trim().replace(/\s+/g, ' ').slice(0, 60);
          const isWanted = wanted.includes(at);
          const shows = element => {
            const style = getComputedStyle(element);
            const clear = colour => colour === 'transparent' || /^rgba\(.*,\s*0\)$/.test(colour) || /\/\s*0\)$/.test(colour);
            return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && !clear(style.outlineColor)) || style.boxShadow !== 'none';
          };
          const box = [...at.getClientRects()].find(one => one.width > 0 && one.height > 0);
          if (!box || box.width < 2 || box.height < 2) return { name, isWanted, trouble: 'has no size' };
          const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
          const y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
          if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return { name, isWanted, trouble: 'is off the screen' };
          const top = document.elementFromPoint(x, y);
          const labels = at.labels ? [...at.labels] : [];
          if (top && !at.contains(top) && !top.contains(at) && !labels.some(one => one.contains(top))) return { name, isWanted, trouble: `is behind ${top.tagName}` };
          if (!shows(at) && !labels.some(shows)) return { name, isWanted, trouble: 'has no visible mark' };
          return { name, isWanted, trouble: null };
        }
        """;

    /// <summary>The element that has the focus; null when none has, as after the last stop of a page.</summary>
    /// <param name="wanted">Elements looked for.</param>
    public static async Task<Focus?> ReadAsync(IPage page, IReadOnlyList<IElementHandle>? wanted = null) =>
        await page.EvaluateAsync<Reading?>(Script, wanted ?? []) is { } reading
            ? new Focus(reading.Name, reading.Trouble, reading.IsWanted)
            : null;

    private sealed class Reading
    {
        public string Name { get; set; } = "";

        public bool IsWanted { get; set; }

        public string? Trouble { get; set; }
    }
}
