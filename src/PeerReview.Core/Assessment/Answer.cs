using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using PeerReview.Core.Access;

namespace PeerReview.Core.Assessment;

/// <summary>What an answer says of an item. No score: the order is that of the form, not of merit.</summary>
public enum AnswerValue
{
    NotConsidered,
    UnderDiscussion,
    Planned,
    PartlyInPlace,
    InPlace,
    InPlaceAndTested,

    /// <summary>With the reason why.</summary>
    NotApplicable,
    PreferNotToAnswer,
}

/// <summary>One answer as it stands in one version.</summary>
/// <param name="Item">Full item id.</param>
/// <param name="Value">null while nobody chose.</param>
/// <param name="Label">How far it may travel; AMBER unless the State says otherwise.</param>
/// <param name="Language">ISO 639-1 code of the six: what it is written in.</param>
public sealed record Answer(string Item, AnswerValue? Value, SharingLabel Label = SharingLabel.Amber, string Language = "en")
{
    /// <summary>Is it written? Law, decree, policy.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Is it done?</summary>
    public string Practice { get; init; } = "";

    /// <summary>Where it can be seen: links, documents, dates. Files are rows of their own.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>What was tested and what came of it.</summary>
    public string Testing { get; init; } = "";

    /// <summary>The day it was last tested, or null.</summary>
    public DateOnly? LastTested { get; init; }

    /// <summary>Why it does not apply; only with <see cref="AnswerValue.NotApplicable"/>.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Codes of the critical-infrastructure sectors it is about, in the framework's order.</summary>
    public ImmutableArray<string> Sectors { get; init; } = [];

    /// <summary>Taken over from the State's last review, and nobody has looked at it since: it is not done before somebody has.</summary>
    public bool FromLast { get; init; }

    /// <summary>The texts a person wrote, each under the name of its field.</summary>
    public IEnumerable<(string Field, string Text)> Texts =>
    [
        ("rule", Rule), ("practice", Practice), ("evidence", Evidence), ("testing", Testing), ("reason", Reason),
    ];
}

/// <summary>An evidence file as the rules see it; its bytes are elsewhere.</summary>
/// <param name="Id">The file.</param>
/// <param name="Item">The item it belongs to.</param>
/// <param name="Label">Its own label, never wider than the answer's without a remark in the consistency list.</param>
public sealed record EvidenceFile(Guid Id, string Item, SharingLabel Label);

/// <summary>Values by their codes.</summary>
public static class AnswerValues
{
    /// <summary>The code, as stored and as in the framework's scale.</summary>
    public static string Code(this AnswerValue value) => value switch
    {
        AnswerValue.NotConsidered => "not_considered",
        AnswerValue.UnderDiscussion => "under_discussion",
        AnswerValue.Planned => "planned",
        AnswerValue.PartlyInPlace => "partly_in_place",
        AnswerValue.InPlace => "in_place",
        AnswerValue.InPlaceAndTested => "in_place_and_tested",
        AnswerValue.NotApplicable => "not_applicable",
        AnswerValue.PreferNotToAnswer => "prefer_not_to_answer",
    };

    /// <summary>The value of a code.</summary>
    public static bool TryParse([NotNullWhen(true)] string? code, out AnswerValue value)
    {
        foreach (var candidate in Enum.GetValues<AnswerValue>())
        {
            if (candidate.Code() != code)
                continue;
            value = candidate;
            return true;
        }

        value = AnswerValue.PreferNotToAnswer;
        return false;
    }

    /// <summary>Whether it says that something is there, so that the layers should show it.</summary>
    public static bool ClaimsPractice(this AnswerValue value) =>
        value is AnswerValue.PartlyInPlace or AnswerValue.InPlace or AnswerValue.InPlaceAndTested;
}
