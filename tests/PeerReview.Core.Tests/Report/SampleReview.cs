using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.FollowUp;
using PeerReview.Core.Report;
using PeerReview.Core.Tests.FollowUp;

namespace PeerReview.Core.Tests.Report;

/// <summary>A review whose every text holds a marker of its piece, so that a leak can be found in the file.</summary>
internal static class SampleReview
{
    /// <summary>Keys of all pieces.</summary>
    public static ImmutableArray<string> Keys { get; } =
        ["N-a.a1", "N-a.a2", "N-g.g1", "c1", "c2", "k1", "k2", "p1", "p2", "summary"];

    /// <summary>The item a piece belongs to.</summary>
    public static string? ItemOf(string key) => key switch { "c1" => "N-a.a1", "p1" => "N-g.g1", "p2" => "N-a.a1", _ => null };

    public static string DocumentOf(string key) => key switch
    {
        "c1" or "c2" => "clarifications",
        "k1" or "k2" or "p1" or "p2" => "commitments",
        "summary" => "summary",
        _ => "self_assessment",
    };

    public static ReportInput Labelled(Func<string, SharingLabel> label) => new(
        "0192a6a4-6d2e-7c00-8000-000000000001", "CHE", "light", SmallFramework.Value, "en", new DateOnly(2026, 7, 1), null)
    {
        Items = ["N-g.g1", "N-a.a1", "N-a.a2"],
        Promise = Choices("full", "full", "full", "full"),
        Answers =
        [
            Answer("N-a.a1", label, 1), Answer("N-a.a2", label, 2), Answer("N-g.g1", label, 3),
            // Answered, but not in the scope of the review.
            Answer("P-STR.st1", _ => SharingLabel.Clear, 4),
        ],
        Translations = [Translation("N-a.a1"), Translation("N-a.a2"), Translation("N-g.g1"), Translation("P-STR.st1")],
        GoodPractices = [Practice("p2", "N-a.a1", label), Practice("p1", "N-g.g1", label)],
        Commitments = [Commitment("k2", label), Commitment("k1", label)],
        Clarifications =
        [
            new("c1", "N-a.a1", Text("c1", "question", label), Text("c1", "reply", label)),
            new("c2", null, Text("c2", "question", label), Text("c2", "reply", _ => SharingLabel.Clear)),
        ],
        Summary = Text("summary", "text", label),
    };

    public static ImmutableSortedDictionary<string, string> Choices(
        string assessment, string clarifications, string commitments, string summary) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("self_assessment", assessment), KeyValuePair.Create("clarifications", clarifications),
            KeyValuePair.Create("commitments", commitments), KeyValuePair.Create("summary", summary),
        ]);

    /// <summary>The day an answer was last tested, as the file writes it.</summary>
    public static string? DayOf(string key) => key switch
    {
        "N-a.a1" => "1991-01-01",
        "N-a.a2" => "1992-01-01",
        "N-g.g1" => "1993-01-01",
        _ => null,
    };

    /// <summary>What stands in a text of a piece.</summary>
    public static string Marker(string key, string field) => $"[{key}:{field}]";

    /// <summary>What is found in the file when anything of a piece is in it.</summary>
    public static string Marker(string key) => $"[{key}:";

    /// <summary>What is found in the file when anything of the translation of an answer is in it.</summary>
    public static string TranslationMarker(string item) => $"[fr:{item}:";

    // Made from version 1; the answer to N-a.a2 was changed since.
    private static StandingTranslation Translation(string item) => new(
        new AnswerTranslation(item, "fr", 1)
        {
            Rule = $"[fr:{item}:rule]",
            Practice = $"[fr:{item}:practice]",
            Evidence = $"[fr:{item}:left behind]",
            Testing = $"[fr:{item}:testing]",
        },
        1, item == "N-a.a2" ? 2 : 1, default, DateTimeOffset.UnixEpoch);

    private static Answer Answer(string item, Func<string, SharingLabel> label, int number) =>
        new(item, AnswerValue.InPlaceAndTested, label(item))
        {
            Rule = Marker(item, "rule"),
            Practice = Marker(item, "practice"),
            Testing = Marker(item, "testing"),
            LastTested = new DateOnly(1990 + number, 1, 1),
            Sectors = [Marker(item, "sector")],
        };

    private static Labelled<GoodPractice> Practice(string id, string item, Func<string, SharingLabel> label) =>
        new(id, new GoodPractice(item, Marker(id, "text")) { Outcomes = [Marker(id, "outcome")], Level = Marker(id, "level") }, label(id), "en");

    private static Labelled<Commitment> Commitment(string id, Func<string, SharingLabel> label) =>
        new(id, new Commitment(Marker(id, "title"))
        {
            Text = Marker(id, "text"),
            Items = ["N-a.a1"],
            Owner = Marker(id, "owner"),
            Indicator = Marker(id, "indicator"),
            Urgency = "do_not_wait",
            Due = new DateOnly(2027, 3, 1),
            HelpNeeded = true,
            Help = Marker(id, "help"),
        }, label(id), "fr");

    private static LabelledText Text(string key, string field, Func<string, SharingLabel> label) =>
        new(Marker(key, field), label(key), "en");
}
