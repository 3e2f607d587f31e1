using System.Collections.Immutable;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Reviews;

namespace PeerReview.Core.Tests.Reviews;

/// <summary>A dossier of Kenya with two items, as the events of a test make it, and what people wrote in it.</summary>
internal static class Sample
{
    public const string First = "N-a.a1";
    public const string Second = "N-a.a2";

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid Authority = Person(1);
    public static readonly Guid FocalPoint = Person(2);
    public static readonly Guid Alternate = Person(3);
    public static readonly Guid Contributor = Person(4);
    public static readonly Guid Coordinator = Person(5);
    public static readonly Guid Deputy = Person(6);
    public static readonly Guid Letter = Person(99);

    public static readonly Dossier Launched = Dossier.Empty with { Subject = "KEN", Variant = "light", Items = [First, Second] };

    /// <summary>With focal point and alternate, by a letter.</summary>
    public static Dossier Appointed { get; } = Launched.After(
        new ReviewEvent.CaseAssigned(Coordinator, Deputy, Coordinator),
        new ReviewEvent.PersonAppointed(FocalPoint, RoleCode.FocalPoint, Letter, [], Authority),
        new ReviewEvent.PersonAppointed(Alternate, RoleCode.Alternate, Letter, [], Authority));

    /// <summary>With a contributor of the first item.</summary>
    public static Dossier Helped { get; } = Appointed.After(
        new ReviewEvent.PersonAppointed(Contributor, RoleCode.Contributor, null, [First], Authority));

    public static Guid Person(int number) => new(number, 0, 0, new byte[8]);

    public static Dossier After(this Dossier dossier, params ReviewEvent[] events) =>
        events.Aggregate(dossier, (d, e) => d.Evolve(e, Now));

    public static ReviewEvent Wrote(string what, string key, int version = 1) =>
        new ReviewEvent.TextWritten(what, key, version, new string('0', 64), "AMBER", FocalPoint);

    public static ReviewEvent Signed(string role, string hash) =>
        new ReviewEvent.Signed(SignedAct.SelfAssessment, role, hash, $"self_assess:{role}", Authority);

    /// <summary>Both items answered.</summary>
    public static Material Answered { get; } = Material.Empty.With(Answer(First)).With(Answer(Second));

    public static Writing Answer(string item, AnswerValue value = AnswerValue.InPlace) => Writing(
        WritingKind.Answer, item,
        Contents.Write(new Answer(item, value, SharingLabel.Amber, "en") { Rule = "A rule.", Practice = "A practice.", Evidence = "A paper." }).GetRawText());

    public static Writing Writing(string kind, string key, string content) =>
        new(kind, key, 1, content, "AMBER", "en", new PersonId(FocalPoint), Now);

    public static ImmutableArray<string> Codes(IEnumerable<Refusal> refusals) => [.. refusals.Select(r => r.Code)];
}
