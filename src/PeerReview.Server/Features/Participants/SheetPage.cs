using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Reviews;
using PeerReview.Server.Components;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using Deadline = PeerReview.Core.Process.Deadline;

namespace PeerReview.Server.Features.Participants;

/// <summary>The sheet of one participating State: to be written and signed by its people, to be read by the reviewers.</summary>
public sealed class SheetPage(Sheets sheets, SignSheet sign, SaveSheetAnswer save, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/reviews/{review:guid}/sheets", (Guid review, Visit visit, SheetPage page, CancellationToken cancel) =>
            page.ListAsync(visit, review, cancel));
        routes.Pages.MapGet("/reviews/{review:guid}/sheets/{state}", (Guid review, string state, Visit visit, SheetPage page, CancellationToken cancel) =>
            page.DrawAsync(visit, review, state, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/sheets/{state}", (
            Guid review, string state, Visit visit, Form form, SheetPage page, CancellationToken cancel) =>
            page.PostAsync(visit, review, state, form, cancel));
        routes.Pages.MapGet("/reviews/{review:guid}/sheets/{state}/{item}", (
            Guid review, string state, string item, Visit visit, SheetPage page, CancellationToken cancel) =>
            page.EditAsync(visit, review, state, item, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost("/reviews/{review:guid}/sheets/{state}/{item}", (
            Guid review, string state, string item, Visit visit, Form form, SheetPage page, CancellationToken cancel) =>
            page.SaveAsync(visit, review, state, item, form, cancel));
    }

    /// <summary>Whoever speaks for a participating State is led to its own sheet; the others choose.</summary>
    private async Task<IResult> ListAsync(Visit visit, Guid id, CancellationToken cancel)
    {
        if (await sheets.FindAsync(visit, id, cancel) is not { } found)
            return Answer.NotFound();
        if (found.Review.ParticipantOf(visit.Caller.Id) is { } own && visit.Caller.Actor.Eyes is null)
            return TypedResults.Redirect(LanguageChoice.Kept(visit, $"/reviews/{id}/sheets/{own}"));
        return Answer.Page<SheetsView>(new
        {
            Model = new SheetsModel(
                found.Review,
                names.Of(found.Review.Subject.Iso3, visit.Texts.Language),
                [.. found.Review.Dossier.Region!.States.Where(state => Sheets.Opens(visit.Caller.Actor, found.Review, state))
                    .Select(state => new ChoiceOption(state, names.Of(state, visit.Texts.Language)))]),
        });
    }

    private async Task<IResult> PostAsync(Visit visit, Guid review, string state, Form form, CancellationToken cancel)
    {
        var (id, actor) = (new ReviewId(review), visit.Caller.Actor);
        var (verdict, notice) = form.Text("act") switch
        {
            "sign" => (await sign.SignAsync(id, state, new SheetSignatureRequest(form.Text("content_hash"), SignatureRequest.Of(form)), actor, key: null, cancel), "sheet-signed"),
            "take_back" => (await sign.TakeBackAsync(id, state, actor, cancel), "sheet-taken-back"),
            "publish" => (await sign.PublishAsync(id, state, new SheetPublicationRequest(SignatureRequest.Of(form)) { Items = [.. form.All("items")] }, actor, key: null, cancel), "sheet-decided"),
            _ => (ReviewRefusals.UnknownAct, ""),
        };
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{review}/sheets/{state}", notice);
        return reason.Kind == RefusalKind.NotFound ? Answer.NotFound() : await DrawAsync(visit, review, state, form, [.. reason.All], reason.Status(), cancel);
    }

    private async Task<IResult> DrawAsync(
        Visit visit, Guid id, string state, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await sheets.FindAsync(visit, id, cancel) is not { } found || Sheets.Of(found, visit.Caller.Actor, state) is not { } sheet)
            return Answer.NotFound();
        return Answer.Page<SheetView>(
            new
            {
                Model = new SheetModel(
                    found.Review, names.Of(found.Review.Subject.Iso3, visit.Texts.Language), names.Of(state, visit.Texts.Language), sheet,
                    visit.Caller.Person!, form, errors)
                {
                    Decided = sheet.Published is not null && found.More.Find(WritingKind.Signature, $"{SignedAct.SheetPublication(state)}:{RoleCode.Authority}") is { } signed
                        ? Contents.ReadSignature(signed)
                        : null,
                    PassedOver = found.Review.Dossier.Slug is not null && sheet is { HandedIn: true, Published: null } ? SheetWaits.DayOf(found.Review) : null,
                    Readers = Audience.Of(found.Review.Dossier.SheetOf(state), found.Review.Facts, SharingLabel.Amber),
                },
            },
            status);
    }

    private async Task<IResult> SaveAsync(Visit visit, Guid review, string state, string item, Form form, CancellationToken cancel)
    {
        var verdict = await save.RunAsync(new ReviewId(review), state, item, SheetAnswerRequest.Of(form), visit.Caller.Actor, key: null, cancel);
        if (verdict is not Verdict<Receipt>.Refused { Reason: var reason })
            return Answer.Done($"/reviews/{review}/sheets/{state}#item-{item}", "sheet-answer-saved");
        return reason.Kind == RefusalKind.NotFound
            ? Answer.NotFound()
            : await EditAsync(visit, review, state, item, form, [.. reason.All], reason.Status(), cancel);
    }

    /// <summary>What the common part says to an item, once it is handed in and as far as the reader may read it.</summary>
    private static Core.Assessment.Answer? CommonAnswer(Found<Material> found, Actor actor, string item) =>
        found.More.Find(WritingKind.Answer, item) is { } answer
        && Access.Visible(actor, found.Review.Dossier.Answer(item), found.Review.Facts, SharingLabels.Of(answer.Label)).CanRead
            ? Contents.ReadAnswer(answer)
            : null;

    private async Task<IResult> EditAsync(
        Visit visit, Guid id, string state, string item, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        if (await sheets.FindAsync(visit, id, cancel) is not { } found
            || Sheets.Of(found, visit.Caller.Actor, state) is not { Writes: true } sheet
            || sheet.Lines.FirstOrDefault(one => one.Item == item) is not { } line)
            return Answer.NotFound();
        return Answer.Page<SheetItemView>(
            new
            {
                Model = new SheetItemModel(
                    found.Review, names.Of(found.Review.Subject.Iso3, visit.Texts.Language), names.Of(state, visit.Texts.Language), state, line, form, errors)
                {
                    // What both versions say is on the page: the next save is made on the one that stands.
                    Standing = errors.Any(error => error.Code == "writing.stale") ? line.Text ?? "" : null,
                    Common = CommonAnswer(found, visit.Caller.Actor, item),
                },
            },
            status);
    }
}

/// <summary>What the list of sheets draws.</summary>
/// <param name="Sheets">Code and name of each State whose sheet opens to the reader.</param>
public sealed record SheetsModel(LoadedReview Review, string StateName, ImmutableArray<ChoiceOption> Sheets);

/// <summary>What the page of one sheet draws.</summary>
/// <param name="OwnerName">The name of the State whose sheet it is.</param>
public sealed record SheetModel(
    LoadedReview Review, string StateName, string OwnerName, StateSheet Sheet, Person Person, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>Who signed the last decision about publication; null before there is one.</summary>
    public SignatureContent? Decided { get; init; }

    /// <summary>By when its State was to decide about publication, where the report went out without a decision of it; null elsewhere.</summary>
    public Deadline? PassedOver { get; init; }

    /// <summary>The circles that read what is AMBER on it now.</summary>
    public ImmutableArray<Role> Readers { get; init; } = [];
}

/// <summary>What the page of one answer draws.</summary>
/// <param name="Participant">Code of the State whose sheet it is.</param>
public sealed record SheetItemModel(
    LoadedReview Review, string StateName, string OwnerName, string Participant, SheetLine Line, Form Form, IReadOnlyList<Refusal> Errors)
{
    /// <summary>What somebody else saved meanwhile; null where nobody did.</summary>
    public string? Standing { get; init; }

    /// <summary>What the common part says to the item; null where the reader may not read it.</summary>
    public Core.Assessment.Answer? Common { get; init; }
}
