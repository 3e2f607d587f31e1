using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Comparing;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Report;

/// <summary>What the page of the report draws.</summary>
public sealed record ReportModel(FoundReport Report, string StateName, Person Person, Form Form, IReadOnlyList<Refusal> Errors)
{
    public LoadedReview Review => Report.Review;

    /// <summary>Who confirms; empty for those who read parts alone, and before there is anything to confirm.</summary>
    public ImmutableArray<ReportParty> Parties { get; init; } = [];

    /// <summary>The party the reader confirms for; null for all others.</summary>
    public ReportParty? Own { get; init; }

    /// <summary>The moments since which changes can be shown.</summary>
    public ImmutableArray<ReportMoment> Moments { get; init; } = [];

    /// <summary>The moment chosen; where none is, the reader's own confirmation if the text has changed since.</summary>
    public ReportMoment? Since { get; init; }

    public ImmutableArray<ReportChange> Changed { get; init; } = [];

    public bool MayWrite { get; init; }

    /// <summary>Whether the reader comments on the draft for the State, and says when it has been checked.</summary>
    public bool MayComment { get; init; }

    public bool MaySettle { get; init; }

    public bool MayConfirm { get; init; }

    public bool MayFail { get; init; }

    /// <summary>The parties that have not confirmed the report though its last day is over; none while it is not, or where all look for a
    /// way on already.</summary>
    public ImmutableArray<string> Late { get; init; } = [];

    /// <summary>Whether the statement that there is no agreement says only that not everybody answered.</summary>
    public bool EndedInSilence { get; init; }

    /// <summary>The party that stated it, by name; null where that is not known.</summary>
    public string? StatedBy { get; init; }

    /// <summary>Names of the reviewing States an expert of which the review went on without.</summary>
    public ImmutableArray<string> Without { get; init; } = [];

    public bool MayDissent { get; init; }

    /// <summary>Whether reviewing States that did not answer in time are left out with the next confirmation.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>The comment the form changes; null for a new one.</summary>
    public Writing? Changes { get; init; }

    /// <summary>Where somebody else saved meanwhile: what became of both texts; the form holds them.</summary>
    public FormMerge? Merge { get; init; }

    /// <summary>Which form was sent; null when none was.</summary>
    public string? Asked => Form.Raw("act") is { Length: > 0 } act ? KeyOf(act, Form.Raw("comment")) : null;

    /// <summary>What tells the fields of one form from those of the others.</summary>
    public static string KeyOf(string act, string comment = "") => act == "settle" ? $"settle-{comment}" : act;

    /// <summary>The form that was sent, for its own fields alone.</summary>
    public Form FormOf(string key) => Asked == key ? Form : Form.Empty;

    /// <summary>What was wrong with it.</summary>
    public IReadOnlyList<Refusal> ErrorsOf(string key) => Asked == key ? Errors : [];

    /// <summary>The reader's own dissent; null while it does not stand.</summary>
    public Writing? OwnDissent => Own is { } own ? Report.Material.Find(WritingKind.Dissent, own.Code) : null;

    internal static ReportModel Of(FoundReport report, Visit visit, StateNames names, ReportAgain again)
    {
        var (review, actor) = (report.Review, visit.Caller.Actor);
        var stage = AgreementRules.Open(review.State);
        var late = stage is not null && ConfirmReport.IsLate(review, stage);
        var parties = report.ReadsWhole && review.Facts.Drafted ? PartiesOf(report, visit, names).ToImmutableArray() : [];
        var code = May(ReviewAct.ConfirmReport) && actor.Person is { } person ? ConfirmReport.PartyOf(review, person) : null;
        var own = parties.FirstOrDefault(party => party.Code == code);
        var moments = report.ReadsDraft && review.Facts.Drafted ? MomentsOf(review, parties).ToImmutableArray() : [];
        var asked = stage is not null && own is not null && AgreementRules.Parties(stage, review.Dossier).Contains(own.Code, StringComparer.Ordinal);
        var stated = report.Failure is { } failure ? ConfirmReport.PartyOf(review, failure.Author) : null;
        return new ReportModel(report, names.Of(review.Subject.Iso3, visit.Texts.Language), visit.Caller.Person!, again.Form, again.Errors)
        {
            Parties = parties,
            Own = own,
            Moments = moments,
            Since = moments.FirstOrDefault(moment => moment.Code == (again.Since ?? (own is { IsOutdated: true } ? own.Code : null))),
            MayWrite = May(ReviewAct.WriteReport) && DraftReport.Closed(review.State) is null,
            MayComment = May(ReviewAct.CommentOnDraft) && IsOpen(FactCheck.Stage),
            MaySettle = review.Facts.Drafted && May(ReviewAct.SettleDraftComment) && DraftReport.Closed(review.State) is null,
            MayConfirm = asked && (!own!.HasConfirmed || (late && AgreementRules.Missing(stage!, review.Dossier, late).IsEmpty)),
            MayFail = asked && stage == AgreementRules.Stage,
            Late = late && stage == AgreementRules.Stage ? [.. parties.Where(party => !party.HasConfirmed).Select(party => party.Name)] : [],
            EndedInSilence = report.Failure is { } said && AgreementRules.SaysSilence(review.State, stated, said.At),
            StatedBy = parties.FirstOrDefault(party => party.Code == stated)?.Name,
            Without = [.. review.Dossier.Team.Without.Select(state => names.Of(state, visit.Texts.Language))],
            MayDissent = asked && stage == AgreementRules.Reconciling && AgreementRules.MayDissent(own!.Code),
            LeavesOut = stage is not null && late && AgreementRules.Missing(stage, review.Dossier).Length > AgreementRules.Missing(stage, review.Dossier, late).Length,
            Changes = report.Comments.FirstOrDefault(comment => comment.Key == again.Changes),
            Merge = again.Merge,
        };

        bool May(ReviewAct act) => Access.May(actor, act, review.Facts) is null;

        bool IsOpen(string one) => StageDoor.Closed(review.State, one) is null;
    }

    private static IEnumerable<ReportParty> PartiesOf(FoundReport report, Visit visit, StateNames names)
    {
        var (review, dossier) = (report.Review, report.Review.Dossier);
        var stage = review.Process.FindStage(AgreementRules.Reconciling) is { } reconcile && review.State[reconcile].Status is StageStatus.Open or StageStatus.Done
            ? AgreementRules.Reconciling
            : AgreementRules.Stage;
        var standing = AgreementStanding.Of(dossier, report.Material);
        return
            from code in AgreementRules.Parties(stage, dossier)
            let role = AgreementRules.RoleOf(code)
            let signature = report.Material.Find(WritingKind.Signature, $"{SignedAct.Agreement(code)}:{role}")
            select new ReportParty(
                code,
                role,
                code switch
                {
                    AgreementRules.Subject => names.Of(review.Subject.Iso3, visit.Texts.Language),
                    AgreementRules.Programme or AgreementRules.Lead => visit.Texts["role." + role],
                    _ => names.Of(code, visit.Texts.Language),
                },
                AgreementRules.HasConfirmed(dossier, code, report.Hash),
                signature)
            {
                HasDissent = dossier.Dissent.Contains(code, StringComparer.Ordinal),
                Left = standing is null ? null
                    : standing.Disagreed.Contains(code, StringComparer.Ordinal) ? "disagreed"
                    : standing.Earlier.Contains(code, StringComparer.Ordinal) ? "earlier"
                    : standing.Silent.Contains(code, StringComparer.Ordinal) ? "silent"
                    : null,
                ShowsWho = Access.Visible(visit.Caller.Actor, DocumentKind.ExpertNames, review.Facts).CanRead,
            };
    }

    /// <summary>None before the State read the draft: what the experts wrote among themselves stays with them.</summary>
    private static IEnumerable<ReportMoment> MomentsOf(LoadedReview review, ImmutableArray<ReportParty> parties)
    {
        if (ClosedAt(DraftReport.Stage) is { } handedOver)
            yield return new ReportMoment("handed_over", null, handedOver);
        if (ClosedAt(FactCheck.Stage) is { } checkedAt)
            yield return new ReportMoment("checked", null, checkedAt);
        if (review.Dossier.Agreement is not null)
            yield break;
        if (ClosedAt(AgreementRules.Stage) is { } ended)
            yield return new ReportMoment("ended", null, ended);
        foreach (var party in parties.Where(party => party.Signature is not null))
            yield return new ReportMoment(party.Code, party.Name, party.Signature!.At);

        DateTimeOffset? ClosedAt(string stage) => review.Process.FindStage(stage) is { } found ? review.State[found].ClosedAt : null;
    }
}

/// <summary>One who confirms the report.</summary>
/// <param name="Code">See <see cref="AgreementRules.Parties"/>.</param>
/// <param name="HasConfirmed">Exactly the text that stands.</param>
/// <param name="Signature">The newest, whatever text it was under.</param>
public sealed record ReportParty(string Code, string Role, string Name, bool HasConfirmed, Writing? Signature)
{
    /// <summary>Whether it confirmed a text that has changed since.</summary>
    public bool IsOutdated => !HasConfirmed && Signature is not null;

    public bool HasDissent { get; init; }

    /// <summary>How a party stands that the report went on without: <c>disagreed</c>, <c>earlier</c> where it confirmed an earlier text
    /// only, <c>silent</c>; null for all others.</summary>
    public string? Left { get; init; }

    /// <summary>Whether the reader may know who signed.</summary>
    public bool ShowsWho { get; init; }
}

/// <summary>A moment since which changes can be shown.</summary>
/// <param name="Code">A party, or the end of a stage.</param>
/// <param name="Party">The name of the party that confirmed then; null for the end of a stage.</param>
/// <param name="At">UTC.</param>
public sealed record ReportMoment(string Code, string? Party, DateTimeOffset At);
