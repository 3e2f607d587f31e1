using PeerReview.Core.Process;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>What a change of the course of a review is called, the same on every page.</summary>
public static class CourseNames
{
    /// <summary>A sentence without its full stop, in the language of the texts.</summary>
    /// <param name="states">What States are called.</param>
    public static string Of(Texts texts, LoadedReview review, CourseChange change, StateNames states)
    {
        return change.Step switch
        {
            { Theme: { } theme } => texts.Of("reviews.course.kind.Theme", ("theme", ThemeNames.Of(texts, review.Framework, theme))),
            { Replaced: { } e } => texts.Of("reviews.course.kind.ReplaceState", ("from", states.Of(e.From, texts.Language)), ("to", states.Of(e.To, texts.Language))),
            { Event: ProcessEvent.VariantChanged e } => texts.Of("reviews.course.kind.ChangeVariant", ("from", Kind(e.From)), ("to", Kind(e.To))),
            { Event: ProcessEvent.Deferred e } => texts.Of("reviews.course.kind.Defer", ("until", e.Until)),
            { Event: ProcessEvent.ClockPaused e } => texts.Of("reviews.course.kind.Pause", ("side", Side(e.Party))),
            { Event: ProcessEvent.ClockResumed e } => texts.Of("reviews.course.kind.ResumeClock", ("side", Side(e.Party))),
            { Event: { } e } when StageOf(e) is { } stage => texts.Of(
                "reviews.course.kind." + change.Kind, ("stage", review.Process.In(texts.Language).FindStage(stage)?.Title ?? stage)),
            _ => texts["reviews.course.kind." + change.Kind],
        };

        string Kind(string variant) => VariantNames.Of(texts, review.Process, variant);

        // What was sent back, not who sent it.
        static string? StageOf(ProcessEvent e) => e switch
        {
            ProcessEvent.Extended x => x.Stage,
            ProcessEvent.RightWaived x => x.Stage,
            ProcessEvent.SkipChosen x => x.Stage,
            ProcessEvent.Returned x => x.To,
            _ => null,
        };

        string Side(string party) => review.Process.In(texts.Language).FindParty(party)?.Title ?? party;
    }
}
