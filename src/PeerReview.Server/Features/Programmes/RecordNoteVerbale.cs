using System.Collections.Immutable;
using Npgsql;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Outbox;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Programmes;

/// <summary>A coordinator records a note verbale of a State whose mission is registered. If it names the State's
/// authority, that person's account is opened and they are told.</summary>
public sealed class RecordNoteVerbale(Database database, OutboxSignal outbox)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapPost("/programme/states/{state}/notes-verbales", PostAsync).TakesFiles();
        routes.Api.MapPost("/programmes/{programme:guid}/notes-verbales", PostJsonAsync)
            .WithName(nameof(RecordNoteVerbale)).WithTags("programmes");
        routes.Api.MapPost("/programmes/{programme:guid}/notes-verbales", PostFormAsync)
            .Accepts<Form>("multipart/form-data").TakesFiles()
            .WithName(nameof(RecordNoteVerbale) + "WithFile").WithTags("programmes");
    }

    /// <summary>Runs the use case.</summary>
    /// <param name="file">The note itself, or null.</param>
    /// <param name="key">Makes the request safe to repeat, or null.</param>
    public async Task<Verdict<RecordedNote>> RunAsync(
        Caller caller, ProgrammeId programme, NoteVerbaleRequest request, SignedPage? file, CommandKey? key, CancellationToken cancel)
    {
        if (Access.May(caller.Actor, ProgrammeAct.RecordNoteVerbale, programme) is { } no)
            return no;
        try
        {
            return await RecordAsync();
        }
        catch (PostgresException twice) when (twice.ConstraintName == "note_verbale_once")
        {
            // Recorded meanwhile: by this very request sent twice, which is answered alike, or by another.
            return await RecordAsync();
        }

        Task<Verdict<RecordedNote>> RecordAsync() =>
            Database.RetryAsync(() => OnceAsync(caller, programme, request, file, key, cancel), cancel);
    }

    private static Refusal Known => new("note.known", RefusalKind.Conflict, "number");

    private async Task<Verdict<RecordedNote>> OnceAsync(
        Caller caller, ProgrammeId programme, NoteVerbaleRequest request, SignedPage? file, CommandKey? key, CancellationToken cancel)
    {
        var note = request.ToNote().Tidy();
        var authority = request.Authority?.Tidy();
        await using var unit = await database.BeginAsync(Scope.Of(programme), cancel);
        var (ground, answered) = await unit.ReadAsync(
            Sql.Ground,
            new { Programme = programme.Value, request.State, note.Number, Person = caller.Id.Value, CommandKey = key?.Key },
            async grid => (await grid.ReadSingleOrDefaultAsync<Ground>(), await grid.ReadSingleOrDefaultAsync<AnsweredRow>()),
            cancel);
        if (answered is not null)
            return IdempotencyAnswers.Again<RecordedNote>(answered, key!);
        if (ground is null)
            return ReviewRefusals.UnknownState(new StateCode(request.State));
        var problems = note.Check(ground.Now).Concat(authority?.Check("authority.") ?? []).ToList();
        if (!ground.HasMission)
            problems.Insert(0, new Refusal("note.no-mission", RefusalKind.Conflict, "state"));
        else if (ground.Known)
            problems.Insert(0, Known);
        if (problems.Count > 0)
            return Refusal.Of(problems);

        var made = new NewNote(Guid.CreateVersion7(), programme, request.State, note, caller.Id);
        KeepNote(unit, made, file);
        PersonId? person = null;
        if (authority is not null)
        {
            var opened = await OpenAccountAsync(unit, caller.Actor, made, authority, ground.TimeZone, cancel);
            if (opened is not Verdict<PersonId>.Accepted { Value: var id })
                return ((Verdict<PersonId>.Refused)opened).Reason;
            person = id;
        }

        var recorded = new RecordedNote(made.Id, request.State, note.Number, note.Dated!.Value, note.Signatory, person?.Value);
        if (key is not null)
            IdempotencyAnswers.Remember(unit, caller.Id, key, recorded);
        await unit.CommitAsync(cancel);
        outbox.Wake();
        return recorded;
    }

    private static void KeepNote(UnitOfWork unit, NewNote made, SignedPage? file)
    {
        var fileId = file is null ? (Guid?)null : Guid.CreateVersion7();
        if (file is not null)
        {
            unit.Write(Sql.File, new
            {
                Id = fileId!.Value,
                Programme = made.Programme.Value,
                file.Name,
                file.MediaType,
                Size = file.Content.Length,
                file.Sha256,
                By = made.By.Value,
            }, rows: 1);
            unit.Write(Sql.Content, new { Id = fileId.Value, Programme = made.Programme.Value, file.Content }, rows: 1);
        }

        unit.Write(Sql.Note, new
        {
            made.Id,
            Programme = made.Programme.Value,
            made.State,
            made.Note.Number,
            Dated = made.Note.Dated!.Value,
            made.Note.Signatory,
            File = fileId,
            By = made.By.Value,
        }, rows: 1);
    }

    private static async Task<Verdict<PersonId>> OpenAccountAsync(
        UnitOfWork unit, Actor actor, NewNote made, NamedPerson authority, string zone, CancellationToken cancel)
    {
        var opened = await AccountOpening.OpenAsync(unit, authority, "en", zone, cancel);
        if (opened is not Verdict<Account>.Accepted { Value: var account })
            return ((Verdict<Account>.Refused)opened).Reason with { Field = "authority.email" };
        var grant = new Grant(Role.StateAuthority, made.Programme, State: new StateCode(made.State));
        if (Access.MayGrant(actor, account.Person, grant) is { } no)
            return no with { Field = "authority.email" };
        unit.Write(Sql.Grant, new
        {
            Id = Guid.CreateVersion7(),
            Programme = made.Programme.Value,
            Person = account.Person.Value,
            Role = grant.Role.Code(),
            made.State,
            Letter = made.Id,
            By = made.By.Value,
        });
        OutboxWriter.Keep(unit, made.Programme, review: null, [Told(made, account.Person)]);
        return account.Person;
    }

    private static KeyedLetter Told(NewNote made, PersonId person) => new(
        $"{LetterNames.AccountOpened}:{made.Id}:{person}",
        new Letter(LetterNames.AccountOpened, person, "/")
        {
            State = made.State,
            Values = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("note", made.Note.Number),
            Days = ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal).Add("dated", made.Note.Dated!.Value),
        });

    private static async Task<IResult> PostJsonAsync(
        Guid programme, NoteVerbaleRequest request, Caller caller, RecordNoteVerbale notes, HttpContext http, CancellationToken cancel) =>
        (await notes.RunAsync(caller, new ProgrammeId(programme), request, file: null, Idempotency.Of(http, request), cancel)).OrProblem(Created(programme));

    private static async Task<IResult> PostFormAsync(
        Guid programme, Form form, Caller caller, RecordNoteVerbale notes, HttpContext http, CancellationToken cancel) =>
        (await notes.WithFileAsync(caller, new ProgrammeId(programme), form.Text("state"), form, http, cancel))
            .OrProblem(Created(programme));

    private static Func<RecordedNote, IResult> Created(Guid programme) =>
        note => TypedResults.Created($"/api/v1/programmes/{programme}/notes-verbales/{note.Id}", note);

    private static async Task<IResult> PostAsync(
        string state, Visit visit, Form form, RecordNoteVerbale notes, StatePage page, CancellationToken cancel)
    {
        if (CoordinatorOf.Programme(visit.Caller.Actor, form.Id("programme")) is not { } programme)
            return Answer.NotFound();
        return await notes.WithFileAsync(visit.Caller, programme, state, form, http: null, cancel) switch
        {
            Verdict<RecordedNote>.Refused { Reason: var reason } =>
                await page.AgainAsync(visit, programme, state, form, reason, cancel),
            Verdict<RecordedNote>.Accepted { Value.Authority: null } =>
                Answer.Done(StatePage.PathOf(programme, state), "note-recorded"),
            _ => Answer.Done(StatePage.PathOf(programme, state), "authority-opened"),
        };
    }

    private async Task<Verdict<RecordedNote>> WithFileAsync(
        Caller caller, ProgrammeId programme, string state, Form form, HttpContext? http, CancellationToken cancel)
    {
        SignedPage? file = null;
        if (form.Files.GetFile("file") is { FileName.Length: > 0 } sent)
        {
            var read = await SignedPage.ReadAsync(sent, "file", cancel);
            if (read is not Verdict<SignedPage>.Accepted { Value: var page })
                return ((Verdict<SignedPage>.Refused)read).Reason;
            file = page;
        }

        var request = NoteVerbaleRequest.Of(state, form);
        var key = http is null ? null : Idempotency.Of(http, new { request, file?.Sha256 });
        return await RunAsync(caller, programme, request, file, key, cancel);
    }

    private sealed record NewNote(Guid Id, ProgrammeId Programme, string State, NoteVerbale Note, PersonId By);

    private sealed record Ground(string TimeZone, bool HasMission, bool Known, DateTimeOffset Now);

    private static class Sql
    {
        public const string Ground =
            """
            SELECT s.time_zone,
                   EXISTS (SELECT FROM mission m WHERE m.programme_id = @Programme AND m.state = s.iso3) AS has_mission,
                   EXISTS (SELECT FROM note_verbale n
                           WHERE n.programme_id = @Programme AND n.state = s.iso3 AND n.number = @Number) AS known,
                   app.clock() AS now
            FROM state s WHERE s.iso3 = @State;
            """ + IdempotencyAnswers.Find;

        public const string File =
            """
            INSERT INTO file (id, programme_id, name, media_type, size, sha256, label, uploaded_by, uploaded_at)
            VALUES (@Id, @Programme, @Name, @MediaType, @Size, @Sha256, 'AMBER', @By, app.clock())
            """;

        public const string Content =
            "INSERT INTO file_content (file_id, programme_id, content) VALUES (@Id, @Programme, @Content)";

        public const string Note =
            """
            INSERT INTO note_verbale (id, programme_id, state, number, dated, signatory, file_id, recorded_at, recorded_by)
            VALUES (@Id, @Programme, @State, @Number, @Dated, @Signatory, @File, app.clock(), @By)
            """;

        public const string Grant =
            """
            INSERT INTO role_grant (id, programme_id, person_id, role, state, letter_id, granted_at, granted_by)
            VALUES (@Id, @Programme, @Person, @Role, @State, @Letter, app.clock(), @By)
            ON CONFLICT DO NOTHING
            """;
    }
}

/// <summary>A note verbale as a coordinator records it.</summary>
/// <param name="State">ISO 3166-1 alpha-3 code.</param>
public sealed record NoteVerbaleRequest(string State, string Number, DateOnly? Dated, string Signatory)
{
    /// <summary>The State authority it names, or null.</summary>
    public NamedPerson? Authority { get; init; }

    public NoteVerbale ToNote() => new(Number, Dated, Signatory);

    /// <summary>As a form sends it; an authority of whom nothing was filled in is none.</summary>
    public static NoteVerbaleRequest Of(string state, Form form)
    {
        var person = form.Person("authority.");
        return new NoteVerbaleRequest(state, form.Text("number"), form.Day("dated"), form.Text("signatory"))
        {
            Authority = person is { Name: "", Email: "", Office: "" } ? null : person,
        };
    }
}

/// <summary>A note verbale as it was recorded.</summary>
/// <param name="Authority">The person who is State authority by it, or null.</param>
public sealed record RecordedNote(
    Guid Id, string State, string Number, DateOnly Dated, string Signatory, Guid? Authority);
