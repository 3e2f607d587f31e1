using System.Collections.Immutable;
using System.Globalization;
using PeerReview.Core.Frameworks;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Comparing;

/// <summary>Brings what somebody typed into a form together with what somebody else saved meanwhile.</summary>
/// <param name="Form">The form to be looked through and sent: based on their version, with both sides' changes.</param>
/// <param name="Author">Who saved meanwhile.</param>
/// <param name="Version">The version they saved.</param>
/// <param name="Fields">The fields that somebody changed.</param>
public sealed record FormMerge(Form Form, string Author, int Version, ImmutableArray<MergedField> Fields)
{
    /// <summary>Merges.</summary>
    /// <param name="origin">The form as both opened it; empty where that is not known.</param>
    /// <param name="theirs">The form as it stands now.</param>
    /// <param name="mine">The form as it was sent.</param>
    /// <param name="saved">Who saved meanwhile, and which version.</param>
    /// <param name="fields">The fields that are merged; all others stay as they were sent.</param>
    public static FormMerge Of(
        Form origin, Form theirs, Form mine, (string Author, int Version) saved, IEnumerable<FieldToMerge> fields)
    {
        var values = mine.Names.ToDictionary(name => name, name => mine.All(name).ToArray(), StringComparer.Ordinal);
        values["version"] = [saved.Version.ToString(CultureInfo.InvariantCulture)];
        var changed = ImmutableArray.CreateBuilder<MergedField>();
        foreach (var field in fields)
        {
            var (value, parts) = field.Multiple
                ? Sets(field, Chosen(origin, field), Chosen(theirs, field), Chosen(mine, field))
                : Single(field, origin.Text(field.Name), theirs.Text(field.Name), mine.Text(field.Name));
            values[field.Name] = value;
            if (parts.Any(part => part.Kind != MergeKind.Same))
                changed.Add(new MergedField(field, parts));
        }

        return new FormMerge(Form.Filled(values), saved.Author, saved.Version, changed.ToImmutable());
    }

    private static (string[] Value, ImmutableArray<MergePart> Parts) Single(FieldToMerge field, string origin, string theirs, string mine)
    {
        if (field.IsText)
        {
            var merge = TextMerge.Of(origin, theirs, mine);
            return ([merge.Text], merge.Parts);
        }

        var part = MergePart.Of(origin, theirs, mine);
        return ([part.Text], [part with { Origin = field.Shown(origin), Theirs = field.Shown(theirs), Mine = field.Shown(mine) }]);
    }

    private static string[] Chosen(Form form, FieldToMerge field) => [.. form.All(field.Name).Where(value => value.Length > 0)];

    // Each value by itself: it is there if both have it, or if one side alone added it.
    private static (string[] Value, ImmutableArray<MergePart> Parts) Sets(
        FieldToMerge field, string[] origin, string[] theirs, string[] mine)
    {
        string[] merged =
        [
            .. theirs.Union(mine, StringComparer.Ordinal).Where(value => !origin.Contains(value, StringComparer.Ordinal)
                || (theirs.Contains(value, StringComparer.Ordinal) && mine.Contains(value, StringComparer.Ordinal))),
        ];
        string Names(string[] all) => string.Join("\n", all.Order(StringComparer.Ordinal).Select(field.Shown));
        return (merged, [MergePart.Of(Names(origin), Names(theirs), Names(mine))]);
    }
}

/// <summary>A field two people may have changed.</summary>
/// <param name="Label">As it stands above the field.</param>
public sealed record FieldToMerge(string Name, string Label)
{
    /// <summary>Whether it holds sentences. All else is taken whole.</summary>
    public bool IsText { get; init; }

    /// <summary>Whether it holds several values.</summary>
    public bool Multiple { get; init; }

    /// <summary>A value as the reader knows it.</summary>
    public Func<string, string> Shown { get; init; } = value => value;

    /// <summary>A field that holds sentences.</summary>
    public static FieldToMerge OfText(string name, string label) => new(name, label) { IsText = true };

    /// <summary>A field of codes from a list.</summary>
    public static FieldToMerge OfTerm(string name, string label, IEnumerable<Term> terms, bool multiple = false) => new(name, label)
    {
        Multiple = multiple,
        Shown = code => terms.FirstOrDefault(term => term.Code == code)?.Text ?? code,
    };
}

/// <summary>A field somebody changed, stretch by stretch; values that are chosen are one stretch.</summary>
public sealed record MergedField(FieldToMerge Field, ImmutableArray<MergePart> Parts);
