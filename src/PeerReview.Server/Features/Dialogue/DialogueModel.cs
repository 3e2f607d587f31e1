using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Server.Components;
using PeerReview.Server.Features.Dialogue.Minutes;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Dialogue;

/// <summary>What the page draws.</summary>
public sealed record DialogueModel(FoundDialogue Found, string StateName, Person Person, Form Form, IReadOnlyList<Refusal> Errors)
{
    public LoadedReview Review => Found.Review;

    /// <summary>The path of the page.</summary>
    public string Path => StagePages.Of(Review.Id.Value, DialogueRules.Stage);

    /// <summary>Those between whom a time is found, each with its zone.</summary>
    public required ImmutableArray<DialogueSide> Sides { get; init; }

    /// <summary>The side of the reader; null for those on none.</summary>
    public DialogueSide? Own { get; init; }

    /// <summary>The party the reader confirms the record for; null for all others.</summary>
    public string? Party { get; init; }

    public bool MayJoin { get; init; }

    public bool MayLead { get; init; }

    public bool MayWrite { get; init; }

    public bool MayWish { get; init; }

    public bool MayComment { get; init; }

    public bool MayConfirm { get; init; }

    /// <summary>Whether the dialogue is done.</summary>
    public bool IsDone { get; init; }

    /// <summary>The form that was refused; null when none was.</summary>
    public string? Refused => Errors.Count == 0 ? null : Form.Raw("act");

    /// <summary>What was typed into a form of the page; nothing when another one was sent.</summary>
    public Form Typed(string act) => Refused == act ? Form : Form.Empty;

    /// <summary>What stands in a form whose words are kept: what was sent and refused, else what the reader typed and did not save.</summary>
    public Form Kept(string act, Caller reader) => Refused == act ? Form : reader.DraftOf(act);

    /// <summary>What was wrong with a form of the page.</summary>
    public IReadOnlyList<Refusal> ErrorsOf(string act) => Refused == act ? Errors : [];

    /// <summary>The name of a side.</summary>
    public string NameOf(string side) => Sides.FirstOrDefault(one => one.Code == side)?.Name ?? side;

    /// <summary>Zones to choose from: UTC and those of the sides, each called after whose time it is.</summary>
    public IReadOnlyList<ChoiceOption> Zones =>
        [new("UTC", "UTC"), .. Sides.Where(side => side.Zone is not ("UTC" or "Etc/UTC")).DistinctBy(side => side.Zone, StringComparer.Ordinal).Select(side => new ChoiceOption(side.Zone, side.Name))];

    /// <summary>Ways of meeting that are open: from afar, and what the State wishes.</summary>
    public IEnumerable<string> Ways => MeetingWay.All.Where(way => way == MeetingWay.Remote || way == DialogueRules.WishOf(Found.Material));

    internal static DialogueModel Of(
        FoundDialogue found, Visit visit, StateNames names, string officeZone, Form form, IReadOnlyList<Refusal> errors)
    {
        var (review, actor) = (found.Review, visit.Caller.Actor);
        var state = names.Of(review.Subject.Iso3, visit.Texts.Language);
        ImmutableArray<DialogueSide> sides =
        [
            new(DialogueRules.Subject, state, review.Subject.TimeZone),
            .. review.Reviewers.Select(one => new DialogueSide(one.Iso3, names.Of(one.Iso3, visit.Texts.Language), one.TimeZone)),
            new(DialogueRules.Office, visit.Texts["opening.confirm.office"], officeZone),
        ];
        var own = May(ReviewAct.JoinDialogue) ? DialogueWork.SideOf(review, visit.Caller.Id) : null;
        return new DialogueModel(found, state, visit.Caller.Person!, form, errors)
        {
            Sides = sides,
            Own = sides.FirstOrDefault(side => side.Code == own),
            Party = ConfirmRecord.PartyOf(review, visit.Caller.Id),
            MayJoin = own is not null,
            MayLead = May(ReviewAct.LeadDialogue),
            MayWrite = May(ReviewAct.WriteDialogue),
            MayWish = May(ReviewAct.WishVisit),
            MayComment = May(ReviewAct.CommentOnDialogue) && found.Record is not null,
            MayConfirm = May(ReviewAct.ConfirmDialogue) && found is { Hash: not null } && DialogueRecordRules.HasSession(review.Dossier, found.Material)
                && ConfirmRecord.PartyOf(review, visit.Caller.Id) is { } party && !found.Confirmed.Contains(party, StringComparer.Ordinal)
                && ConfirmRecord.Missing(found.Material) == 0 && (party != DialogueRules.Lead || review.Dossier.Dialogue.OpenComments == 0),
            IsDone = review.State[DialogueRules.Stage].Status == Core.Process.StageStatus.Done,
        };

        bool May(ReviewAct act) => DialogueWork.MayNot(actor, act, review) is null;
    }
}

/// <summary>One of those between whom a time is found.</summary>
/// <param name="Code"><c>STATE</c>, <c>COORD</c>, the code of a reviewing State.</param>
/// <param name="Zone">IANA.</param>
public sealed record DialogueSide(string Code, string Name, string Zone);
