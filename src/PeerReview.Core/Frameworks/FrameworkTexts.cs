using System.Collections.Immutable;

namespace PeerReview.Core.Frameworks;

/// <summary>Every text of a framework with its path: the one walk that translating and checking a translation share.</summary>
internal static class FrameworkTexts
{
    /// <summary>The paths of all texts.</summary>
    public static ImmutableArray<string> Paths(Framework framework)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        Map(framework, (path, text) =>
        {
            // A line of help that is not there needs no translation.
            if (text.Length > 0)
                paths.Add(path);
            return text;
        });
        return paths.ToImmutable();
    }

    /// <summary>The same framework with each text replaced. Its hash stays: it is over the English texts.</summary>
    /// <param name="text">From path and English text to the text.</param>
    public static Framework Map(Framework f, Func<string, string, string> text) => f with
    {
        Title = text("title", f.Title),
        Scale = Terms("scale", f.Scale, text),
        Layers = Terms("layers", f.Layers, text),
        Levels = Terms("levels", f.Levels, text),
        Sectors = Terms("sectors", f.Sectors, text),
        Lenses = Terms("lenses", f.Lenses, text),
        Outcomes = Terms("outcomes", f.Outcomes, text),
        ActionTypes = Terms("action_types", f.ActionTypes, text),
        ThreatKinds = Terms("threat_kinds", f.ThreatKinds, text),
        Urgencies = Terms("urgencies", f.Urgencies, text),
        Parts = [.. f.Parts.Select(part => part with
        {
            Title = text($"parts.{part.Id}.title", part.Title),
            Theme = text($"parts.{part.Id}.theme", part.Theme),
            Items = [.. part.Items.Select(item => item with
            {
                Question = text($"items.{item.Id}.question", item.Question),
                Help = text($"items.{item.Id}.help", item.Help),
            })],
        })],
        Overlays = [.. f.Overlays.Select(o => o with { Title = text($"overlays.{o.Code}.title", o.Title) })],
        Crosswalks = [.. f.Crosswalks.Select(c => c with
        {
            Title = text($"crosswalks.{c.Code}.title", c.Title),
            Entries = [.. c.Entries.Select(e => e with { Title = text($"crosswalks.{c.Code}.entries.{e.Code}.title", e.Title) })],
        })],
    };

    private static ImmutableArray<Term> Terms(string list, ImmutableArray<Term> terms, Func<string, string, string> text) =>
    [
        .. terms.Select(term => term with
        {
            Text = text($"{list}.{term.Code}.text", term.Text),
            Help = term.Help.Length == 0 ? "" : text($"{list}.{term.Code}.help", term.Help),
        }),
    ];
}
