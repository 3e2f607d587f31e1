using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Deliberation;

/// <summary>What stakeholders said and the coordinator accepted, as a source of what is written later: it lends its label to every text
/// that can speak of it (process B.5), and who did not agree to be public is not named.</summary>
public static class Heard
{
    // Latin, Greek, Cyrillic and Armenian letters stand before it.
    private const char FirstJoined = '\u0590';

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>The contributions a text about some items can speak of: those about one of them and those about the strategy as a whole.</summary>
    public static IEnumerable<HeardContribution> On(IReadOnlyCollection<string> items, Material material) =>
        Accepted(material).Where(said => said.Content.Item is not { } item || items.Contains(item, StringComparer.Ordinal));

    /// <summary>The same as sources of a label.</summary>
    public static IEnumerable<LabelSource> Sources(IReadOnlyCollection<string> items, Material material) =>
        On(items, material).Select(Source);

    /// <summary>The contributions whose senders a text names although they did not agree to be public: sources of it, whatever it is about.</summary>
    public static IEnumerable<LabelSource> Named(string text, Material material) =>
        NamedIn(text, material).Select(Source);

    /// <summary>The keys of those contributions.</summary>
    public static ImmutableArray<string> KeysNamed(string text, Material material) =>
        [.. NamedIn(text, material).Select(said => said.Key)];

    /// <summary>The people and organisations a text names although they did not agree to be public.</summary>
    public static ImmutableArray<string> NamesIn(string text, Material material) =>
        [.. PrivateNames(material).Where(name => Stands(name, text))];

    /// <summary>A text with other words in the place of those names.</summary>
    /// <param name="instead">What stands there then, such as “a stakeholder”.</param>
    public static string WithoutNames(string text, Material material, string instead) =>
        PrivateNames(material).Aggregate(text, (left, name) => Regex.Replace(left, Pattern(name), _ => instead, Options, Limit));

    /// <summary>Whether one of the contributions a text can speak of, or whose sender it names, is not for the public.</summary>
    public static bool IsPrivate(IReadOnlyCollection<string> items, string text, Material material) =>
        On(items, material).Any(said => !said.Content.MayPublish) || Named(text, material).Any();

    private static IEnumerable<HeardContribution> Accepted(Material material) =>
        from sent in material.Of(WritingKind.Contribution)
        where material.Find(WritingKind.Screening, sent.Key) is { } screening && Contents.ReadScreening(screening).Cause is null
        select new HeardContribution(sent.Key, Contents.ReadContribution(sent), SharingLabels.Of(sent.Label));

    private static IEnumerable<HeardContribution> Private(Material material) => Accepted(material).Where(said => !said.Content.MayPublish);

    private static IEnumerable<HeardContribution> NamedIn(string text, Material material) =>
        Private(material).Where(said => Names(said).Any(name => Stands(name, text)));

    // The longest first: a name within another is gone with it.
    private static IEnumerable<string> PrivateNames(Material material) => Private(material).SelectMany(Names)
        .Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal);

    private static IEnumerable<string> Names(HeardContribution said) =>
        new[] { said.Content.Name.Trim(), said.Content.Organisation.Trim() }.Where(name => name.Length > 1);

    private static bool Stands(string name, string text) => Regex.IsMatch(text, Pattern(name), Options, Limit);

    // Whole words, where the writing sets them apart: Arabic joins a particle to a name, Chinese joins everything.
    private static string Pattern(string name) => name.All(letter => letter < FirstJoined) ? $@"(?<!\w){Regex.Escape(name)}(?!\w)" : Regex.Escape(name);

    private static LabelSource Source(HeardContribution said) => new(said.Content.Item ?? "", said.Label) { Said = true };
}

/// <summary>A contribution that was accepted.</summary>
public sealed record HeardContribution(string Key, ContributionContent Content, SharingLabel Label);
