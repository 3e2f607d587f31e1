using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Process;
using PeerReview.Core.Report;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Publication;

/// <summary>The decision about publication with its preview, and the publishing itself.</summary>
public sealed class PublicationPage(
    ReviewLookup reviews, ReviewCommands commands, DecidePublication decide, PublishReport publish, StateNames states,
    TextCatalogue catalogue, ReportFiles files)
{
    public static void Map(WebRoutes routes)
    {
        const string path = "/reviews/{review:guid}/publication";
        routes.Pages.MapGet(path, (Guid review, Visit visit, PublicationPage page, CancellationToken cancel) =>
            page.ShowAsync(new ReviewId(review), visit, Form.Empty, [], StatusCodes.Status200OK, cancel));
        routes.Pages.MapPost(path, (Guid review, Visit visit, Form form, PublicationPage page, CancellationToken cancel) =>
            page.SendAsync(new ReviewId(review), visit, form, cancel));
        routes.Api.MapGet(path, (Guid review, Visit visit, PublicationPage page, CancellationToken cancel) =>
            page.ReadAsync(new ReviewId(review), visit, cancel)).WithName("ReadPublication").WithTags("reviews").Produces<PublicationBody>();
    }

    private async Task<IResult> SendAsync(ReviewId review, Visit visit, Form form, CancellationToken cancel)
    {
        if (form.Text("act") == "preview")
            return await ShowAsync(review, visit, form, [], StatusCodes.Status200OK, cancel);
        if (form.Text("act") is not ("decide" or "publish"))
            return await ShowAsync(review, visit, form, [ReviewRefusals.UnknownAct], StatusCodes.Status422UnprocessableEntity, cancel);
        var (publishes, awaited) = (form.Text("act") == "publish", false);
        var verdict = await commands.RunAsync(
            review, visit.Caller.Actor, key: null,
            (work, token) => publishes
                ? publish.DecideAsync(work, new PublishRequest { WithoutSheets = form.IsOn("without_sheets") }, token)
                : DecideAsync(work, token),
            cancel);
        if (verdict is Verdict<Receipt>.Accepted)
            return Answer.Done($"/reviews/{review}/publication", publishes ? "published" : awaited ? "publication-decided-early" : "publication-decided");
        var reason = ((Verdict<Receipt>.Refused)verdict).Reason;
        return reason.Kind is RefusalKind.NotFound or RefusalKind.NotAllowed
            ? Answer.Refused(reason)
            : await ShowAsync(review, visit, form, [.. reason.All], reason.Status(), cancel);

        Task<Verdict<ReviewChange>> DecideAsync(ReviewWork work, CancellationToken token)
        {
            awaited = AwaitsResponses(work.Review);
            return decide.DecideAsync(work, () => Read(form, work.Review), token);
        }
    }

    /// <summary>Whether the report cannot go out before responses to its recommendations are signed.</summary>
    private static bool AwaitsResponses(LoadedReview review) => KnownStages.Serve(review.Process, RecommendationResponses.Stage)
        && review.Process.Stage(RecommendationResponses.Stage) is var stage && review.State.Exists(stage) && !review.State[stage].Status.IsClosed();

    private async Task<IResult> ShowAsync(
        ReviewId id, Visit visit, Form form, IReadOnlyList<Refusal> errors, int status, CancellationToken cancel)
    {
        var found = await FindAsync(id, visit, cancel);
        return found is null
            ? Answer.NotFound()
            : Answer.Page<PublicationView>(
                new { Model = Model(found, visit, form, errors) with { Files = await FilesAsync(found.Review.Dossier, cancel) } }, status);
    }

    private Task<IReadOnlyList<ReportFile>> FilesAsync(Dossier dossier, CancellationToken cancel) => dossier.Slug is { } slug
        ? files.OfAsync(slug, dossier.Edition, cancel)
        : Task.FromResult<IReadOnlyList<ReportFile>>([]);

    private PublicationModel Model(Found<Material> found, Visit visit, Form form, IReadOnlyList<Refusal> errors)
    {
        var (review, actor) = (found.Review, visit.Caller.Actor);
        var input = ReportOf.Input(review, found.More, published: null);
        var preview = form.Has("choices.summary") ? input with { Decision = Read(form, review).ToDecision() } : input;
        var built = ReportBuilder.Build(preview);
        var pieces = ReportPieces.Of(input);
        var names = new PieceNames(input, review, states, visit.Texts);
        var goesOut = GoesOut(pieces, preview.Decision);
        return new PublicationModel(
            review,
            states.Of(review.Subject.Iso3, visit.Texts.Language),
            pieces,
            form,
            [
                .. errors.Concat(form.Text("act") == "preview" && built is Verdict<PublishedReport>.Refused no ? no.Reason.All : [])
                    .Select(reason => InWords(reason, AgreementRules.IsPartly(review.Dossier), visit.Texts)),
            ],
            visit.Caller.Person!,
            built is Verdict<PublishedReport>.Accepted { Value: var report }
                ? ReportLayouts.Of(ReportSheet.Of(report, review.Framework, catalogue, states))
                : null)
        {
            Previewed = built is Verdict<PublishedReport>.Accepted { Value: var shown } ? ReportHash.Of(shown) : "",
            Decided = Decided(input, review.Dossier, visit.Texts),
            Languages = review.Dossier.PublicationLanguages is { IsEmpty: false } promised ? [.. promised] : [review.Dossier.WorkingLanguage],
            Names = pieces.ToDictionary(piece => piece.Key, names.Of, StringComparer.Ordinal),
            Echoes = EchoesOf(found, visit, goesOut),
            StrictEchoes =
            [
                .. from echo in review.HasTeam ? StrictEchoes.Of(found.More) : []
                   where goesOut(echo.Key) && review.Reads(actor, echo)
                   select (NameOf(echo.Key, found, visit), echo.Sentence),
            ],
            Unanswered = review.HasTeam ? RecommendationResponses.Missing(found.More).Length : 0,
            AwaitsResponses = AwaitsResponses(review),
            KnowsStages = StageSight.Of(review, actor).IsWhole,
            ReadsResponses = review.HasTeam && review.Facts.Agreed && Access.Visible(actor, review.Dossier.Response(), review.Facts).CanRead,
            AwaitsPlan = review.HasTeam && !review.Facts.Planned,
            MayDecide = Access.May(actor, ReviewAct.DecidePublication, review.Facts) is null
                && StageDoor.Closed(review.State, SignedAct.Publication) is null,
            MayPublish = Access.May(actor, ReviewAct.Publish, review.Facts) is null
                && StageDoor.Closed(review.State, "publish") is null,
            Undecided = [.. PublishReport.Undecided(review).Select(wait => (states.Of(wait.Branch!, visit.Texts.Language), wait))],
        };
    }

    /// <summary>What is decided, as the public will read it: a sharing label may keep back what the choice lets go.</summary>
    private static Dictionary<string, string> Decided(ReportInput input, Dossier dossier, Texts texts)
    {
        if (dossier.Choices is not { } choices)
            return [];
        var report = ReportBuilder.Build(input) is Verdict<PublishedReport>.Accepted { Value: var built } ? built : null;
        return choices.ToDictionary(
            choice => choice.Key,
            choice => report is null ? texts["choice." + choice.Value] : ReportChoices.Of(choice.Key, report, texts),
            StringComparer.Ordinal);
    }

    // Only to whoever reads the private annex itself.
    private static ImmutableArray<(string Name, string Sentence)> EchoesOf(Found<Material> found, Visit visit, Func<string, bool> goesOut) =>
        found.Review.HasTeam && found.More.Find(WritingKind.Section, DraftReport.PrivateAnnex) is { } annex
        && Access.Visible(visit.Caller.Actor, DocumentKind.DraftReport, found.Review.Facts, SharingLabels.Of(annex.Label)).CanRead
            ?
            [
                .. from echo in AnnexEchoes.Of(found.More) where goesOut(echo.Key) select (NameOf(echo.Key, found, visit), echo.Sentence),
            ]
            : [];

    private static string NameOf(string text, Found<Material> found, Visit visit) => found.More.Find(WritingKind.Section, text) is not null
        ? SectionNames.Of(text, found.Review.Framework.In(visit.Texts.Language), visit.Texts)
        : text;

    /// <summary>Whether a section or recommendation goes out by a decision; before there is one, each could.</summary>
    private static Func<string, bool> GoesOut(ImmutableArray<ReportPiece> pieces, PublicationDecision? decision) => text => decision is null
        || pieces.Any(piece => (piece.Key == text || piece.Key == ReportPieces.SectionKey(text))
            && !decision.Withheld.Contains(piece.Key, StringComparer.Ordinal)
            && (piece.Travels == SharingLabel.Clear || decision.Relabelled.Contains(piece.Key, StringComparer.Ordinal)));

    /// <summary>A page names a document by its words; programs get its code.</summary>
    private static Refusal InWords(Refusal reason, bool partly, Texts texts) =>
        reason.Args.GetValueOrDefault("document") is string code && PublishedDocuments.Find(code) is not null
            ? reason.With("document", $"“{AgreedLayouts.NameOf(code, partly, texts)}”")
            : reason;

    private async Task<IResult> ReadAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var found = await FindAsync(id, visit, cancel);
        if (found is null)
            return ReviewRefusals.NotFound.ToProblem();
        var (review, dossier) = (found.Review, found.Review.Dossier);
        var input = ReportOf.Input(review, found.More, published: null);
        return TypedResults.Ok(new PublicationBody(
            dossier.Promise,
            [.. ReportPieces.Of(input).Select(p => new PieceBody(p.Key, p.Document, p.Travels.Code(), p.Layers) { NotForPublic = p.NotForPublic })],
            dossier.Choices,
            dossier.Withheld,
            dossier.Relabelled,
            dossier.Slug,
            dossier.Edition,
            await FilesAsync(dossier, cancel)));
    }

    /// <summary>For those who may read the decision; a State's material counts as its own until it is handed in.</summary>
    private async Task<Found<Material>?> FindAsync(ReviewId id, Visit visit, CancellationToken cancel)
    {
        var found = await reviews.FindAsync(
            visit.Caller.Actor, id, MaterialSql.Statements, new { Review = id.Value }, MaterialSql.ReadAsync, cancel);
        if (found is null || !found.Review.Serves("pub_decide", "publish"))
            return null;
        var document = new Core.Access.Document(DocumentKind.PublicationDecision) { Draft = !found.Review.Facts.Submitted };
        return Access.Visible(visit.Caller.Actor, document, found.Review.Facts).CanRead ? found : null;
    }

    private static PublicationRequest Read(Form form, LoadedReview review) => new(
        PublishedDocuments.Of(review.State.Variant).ToImmutableDictionary(d => d, d => form.Text($"choices.{d}"), StringComparer.Ordinal),
        form.All("withheld"),
        // One box may stand for several texts.
        [.. form.All("relabelled").SelectMany(keys => keys.Split(' ', StringSplitOptions.RemoveEmptyEntries))],
        SignatureRequest.Of(form))
    {
        Previewed = form.Has("previewed") ? form.Text("previewed") : null,
    };
}

/// <summary>What the page draws.</summary>
/// <param name="Preview">What the public would see; null when the decision does not fit the material.</param>
public sealed record PublicationModel(
    LoadedReview Review,
    string State,
    ImmutableArray<ReportPiece> Pieces,
    Form Form,
    IReadOnlyList<Refusal> Errors,
    Platform.Identity.Person Person,
    ReportLayout? Preview)
{
    /// <summary>Sentences of the private annex that stand in another text as well, each with its name; none for those who do not read that annex.</summary>
    public ImmutableArray<(string Name, string Sentence)> Echoes { get; init; } = [];

    /// <summary>The same of answers and replies that carry a stricter label than that text.</summary>
    public ImmutableArray<(string Name, string Sentence)> StrictEchoes { get; init; } = [];

    /// <summary>The files of the newest edition; empty before.</summary>
    public IReadOnlyList<ReportFile> Files { get; init; } = [];

    /// <summary>Key of a piece to what it is called.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>Document to what the public reads of it as decided, in words; empty before the decision.</summary>
    public IReadOnlyDictionary<string, string> Decided { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The languages promised at launch, ISO 639-1.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Recommendations without a response.</summary>
    public int Unanswered { get; init; }

    /// <summary>Whether responses to recommendations are still to be signed, before which nothing is published.</summary>
    public bool AwaitsResponses { get; init; }

    /// <summary>Whether the page of the responses opens to the reader.</summary>
    public bool ReadsResponses { get; init; }

    /// <summary>Whether the reader may know what the review waits for.</summary>
    public bool KnowsStages { get; init; }

    /// <summary>The day by which a stage is to be done, in words; null while it is not open.</summary>
    public string? DayOf(Texts texts, string stage) =>
        Waits.Of(Review).FirstOrDefault(wait => wait.Stage == stage) is { } wait ? texts.DayIn(wait.Day, wait.Zone) : null;

    /// <summary>Whether there will be an action plan, which is not handed in yet.</summary>
    public bool AwaitsPlan { get; init; }

    /// <summary>The hash of what the preview shows: signed is this and nothing else.</summary>
    public string Previewed { get; init; } = "";

    public bool MayDecide { get; init; }

    public bool MayPublish { get; init; }

    /// <summary>The participating States that have days left to decide about their sheets.</summary>
    public ImmutableArray<(string State, Wait Wait)> Undecided { get; init; } = [];
}

/// <summary>The decision over the API, with what it is about.</summary>
/// <param name="Promise">Document to choice as the launch notice promised.</param>
/// <param name="Choices">As decided; null while the State is silent.</param>
/// <param name="Slug">Of the published report; null before.</param>
/// <param name="Files">The formats of the newest edition and how each stands; empty before.</param>
public sealed record PublicationBody(
    IReadOnlyDictionary<string, string> Promise,
    IReadOnlyList<PieceBody> Pieces,
    IReadOnlyDictionary<string, string>? Choices,
    IReadOnlyList<string> Withheld,
    IReadOnlyList<string> Relabelled,
    string? Slug,
    int Edition,
    IReadOnlyList<ReportFile> Files);

/// <summary>One thing that can be withheld or relabelled.</summary>
/// <param name="Label">How far it travels before anybody relabels it.</param>
/// <param name="Layers">Keys of layers that can be withheld alone.</param>
public sealed record PieceBody(string Key, string Document, string Label, IReadOnlyList<string> Layers)
{
    /// <summary>Whether it can hold what a stakeholder said who did not agree that it is made public.</summary>
    public bool NotForPublic { get; init; }
}
