using PeerReview.Core.Access;
using PeerReview.Core.Deliberation;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Web;
using KnownStages = PeerReview.Core.Process.KnownStages;
using ProcessDefinition = PeerReview.Core.Process.ProcessDefinition;

namespace PeerReview.Server.Features.Home;

/// <summary>What waits for a person, soonest first but for responses, which come before what waits for them; and the reviews in which it is somebody else's turn.</summary>
public sealed class MyTasks(Database database, Definitions definitions, StateNames states)
{
    /// <summary>Most tasks and most reviews shown at once.</summary>
    public const int Limit = 50;

    // Of the newest reviews somebody has a part in, those where nothing waits are shown; who has more finds them on the board.
    private const int Reviews = 500;

    public static void Map(WebRoutes routes) => routes.Api.MapGet(
        "/tasks",
        async (Visit visit, MyTasks tasks, CancellationToken cancel) =>
        {
            var mine = await tasks.OfAsync(visit.Caller, visit.Texts, cancel);
            return TypedResults.Ok(new Listing<MyTask>(mine.Waiting));
        })
        .WithName(nameof(MyTasks)).WithTags("me");

    /// <summary>Reads both in one round trip; it costs the same however many reviews there are.</summary>
    public Task<MyDesk> OfAsync(Caller caller, Texts texts, CancellationToken cancel) => database.ReadAsync(
        caller.Scope,
        DeskRows.Statement + OpenRights.Statement,
        new
        {
            Person = caller.Id.Value,
            Limit,
            Rows = Limit * DeskRows.RolesOfAStep,
            Reviews,
            States = caller.OwnStates,
            Programmes = Of(caller, Role.HeadCoordinator),
            Audited = Of(caller, Role.Auditor),
        },
        async grid =>
        {
            var now = await grid.ReadSingleAsync<DateTimeOffset>();
            var rows = (await grid.ReadAsync<DeskRows.TaskRow>()).ToList();
            await definitions.KnowAsync(rows.Select(row => new ProcessPin(row.ProcessId, row.ProcessVersion)), cancel);
            // Of being late, only stages of ours ask somebody else for something.
            var responding = rows.Where(row => row.Stage == SignedAct.Responses).Select(row => row.ReviewId).ToHashSet();
            var waiting = ResponsesFirst(rows.Where(row => row.Late is null || KnownStages.Serve(definitions.FindProcess(row.ProcessId, row.ProcessVersion)!, row.Stage))
                .Select(row => ToTask(row, texts, responding.Contains(row.ReviewId), now)));
            var others = (await grid.ReadAsync<DeskRows.ElsewhereRow>()).ToList();
            await definitions.KnowAsync(others.Select(row => new ProcessPin(row.ProcessId, row.ProcessVersion)), cancel);
            var elsewhere = others.Select(row => new ElsewhereLine(
                row.ReviewId,
                NameOf(row.State, definitions.FindProcess(row.ProcessId, row.ProcessVersion)!, row.Variant, row.SubjectKind, row.Theme, row.LaunchedAt, texts),
                states.DayIn(row.State, row.LaunchedAt), row.Status, [.. row.Turn.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            {
                Published = row.Published,
                TakesPart = row.TakesPart,
            }).ToList();
            var recorded = (await grid.ReadAsync<DeskRows.RecordRow>()).ToList();
            await definitions.KnowAsync(recorded.Select(row => new ProcessPin(row.ProcessId, row.ProcessVersion)), cancel);
            var records = recorded.Select(row => new RecordLine(
                row.ReviewId,
                NameOf(row.State, definitions.FindProcess(row.ProcessId, row.ProcessVersion)!, row.Variant, row.SubjectKind, row.Theme, row.LaunchedAt, texts),
                states.DayIn(row.State, row.LaunchedAt))).ToList();
            return new MyDesk(now, waiting, [.. elsewhere.Where(line => waiting.TrueForAll(task => task.Review != line.Review) && Opens(line, caller))])
            {
                Records = records,
                May = await MayAsync(await OpenRights.ReadAsync(grid), caller, texts, now, cancel),
            };
        },
        cancel);

    private async Task<List<MyTask>> MayAsync(IReadOnlyList<OpenRights.Row> rows, Caller caller, Texts texts, DateTimeOffset now, CancellationToken cancel)
    {
        await definitions.KnowAsync(rows.Select(row => new ProcessPin(row.ProcessId, row.ProcessVersion)), cancel);
        return
        [
            .. from row in rows
               let process = definitions.FindProcess(row.ProcessId, row.ProcessVersion)!
               from task in OpenRights.Of(
                   row, process, NameOf(row.State, process, row.Variant, row.SubjectKind, row.Theme, row.LaunchedAt, texts), caller, states, texts, now)
               select task,
        ];
    }

    // A stakeholder reads nothing of a withdrawn review, not even that it is over.
    private static bool Opens(ElsewhereLine line, Caller caller) => line.Status != "withdrawn"
        || line.TakesPart || caller.Actor.Grants.Any(grant => grant.Role != Role.Stakeholder && grant.Review is null);

    private static Guid[] Of(Caller caller, Role role) =>
        [.. caller.Actor.Grants.Where(g => g.Role == role && g.Review is null).Select(g => g.Programme.Value).Distinct()];

    /// <summary>What is to be published goes out with the responses to it: they come before the decision, though it is due earlier.</summary>
    private static List<MyTask> ResponsesFirst(IEnumerable<MyTask> tasks)
    {
        var ordered = tasks.ToList();
        foreach (var responses in ordered.Where(task => task.Stage == SignedAct.Responses).ToList())
        {
            var decision = ordered.FindIndex(task => task.Stage == SignedAct.Publication && task.Review == responses.Review);
            if (decision < 0 || decision > ordered.IndexOf(responses))
                continue;
            ordered.Remove(responses);
            ordered.Insert(decision, responses);
        }

        return ordered;
    }

    /// <param name="responds">Whether the person responds to recommendations of the same review as well.</param>
    private MyTask ToTask(DeskRows.TaskRow row, Texts texts, bool responds, DateTimeOffset now)
    {
        var left = row is { Day: { } day, Zone: { } zone } ? texts.DaysLeft(day, zone, now) : "";
        var process = definitions.FindProcess(row.ProcessId, row.ProcessVersion)!.In(texts.Language);
        var stage = process.FindStage(row.Stage);
        var gap = StageGaps.Of(process, row.Stage, row.Role);
        var step = gap is not null ? $"gap.{gap.Value.SnakeCode()}" : $"{KnownStages.RulesOf(process, row.Stage)}.{row.Late ?? row.Role}";
        // What is decided about publication waits for the responses.
        if (responds && row is { Stage: SignedAct.Publication, Late: null })
            step += "_early";
        // The plan comes after the responses only while there are any to prepare.
        if (!responds && step == "action_plan.STATE_FP")
            step = "action_plan.responded";
        // What was handed in and came back is not begun anew.
        if (row is { CameBack: true, Role: RoleCode.FocalPoint, Late: null })
            step += "_returned";
        // Every question has its reply: what is left is to hand them in.
        if (row is { Stage: ClarifyingRound.Replying, Dossier: { } replied, Late: null } && ReviewJson.ReadDossier(replied).OpenQuestions.IsEmpty)
            step += "_done";
        // A dialogue asks for one thing after the other: told is what comes next.
        if (row is { Stage: DialogueRules.Stage, Dossier: { } dossier })
            step += "." + DialogueRules.NextStep(ReviewJson.ReadDossier(dossier), row.Role);
        // Before anybody can write somebody has to be invited.
        if (row is { Stage: StakeholderWindow.Call, Role: RoleCode.Coordinator, Dossier: { } call } && ReviewJson.ReadDossier(call).Stakeholders.Invitations.IsEmpty)
            step += "_invite";
        return new MyTask(
            row.ReviewId,
            row.State,
            states.Of(row.State, texts.Language),
            row.Variant,
            row.Stage,
            Waits.IsBeside(row.Stage) ? null : TitleOf(step, row.Branch, texts) ?? stage?.Title ?? row.Stage,
            row.Role,
            row.Day,
            row.Zone,
            row.DueAt,
            row switch
            {
                { Late: LateHead } when row.Stage != CommentRules.Stage => StagePages.Of(row.ReviewId),
                // What others are late with is not done on the page of the step.
                { Late: LateHead or LateAlone or LateOwn } => StagePages.Of(row.ReviewId) + "/experts",
                _ => StagePages.Of(process, row.ReviewId, row.Stage, row.Role),
            })
        {
            IsAwaited = row.Awaited,
            Stands = row.Stands,
            CameLate = row.CameLate,
            LaunchedAt = row.LaunchedAt,
            Name = NameOf(row.State, process, row.Variant, row.SubjectKind, row.Theme, row.LaunchedAt, texts),
            Launched = states.DayIn(row.State, row.LaunchedAt),
            What = gap == StageGap.People ? texts.Of("home.what.gap.people", ("stage", stage?.Title ?? row.Stage), ("roles", OwnNames.NamedFor(texts, process, row.Stage))) : Contributing(row) is { } all and > 0
                ? $"{WhatOf(step, texts, stage?.Title, left) ?? stage?.What} {texts.Of("home.contributors", ("done", all - row.Unfinished), ("all", all))}"
                : WhatOf(step, texts, stage?.Title, left) ?? (row.Late == LateHead ? texts["home.late_head"] : stage?.What),
        };
    }

    // Whoever lost all questions to the theme has nothing to finish.
    private static long? Contributing(DeskRows.TaskRow row) => row is { Stage: AssessmentToSign.Stage, Dossier: { } dossier }
        ? row.Contributors - ReviewJson.ReadDossier(dossier).WithoutQuestions.Count()
        : row.Contributors;

    private string NameOf(string state, ProcessDefinition process, string variant, string kind, string? theme, DateTimeOffset launchedAt, Texts texts) => ReviewNames.Of(
        texts, states.Of(state, texts.Language), VariantNames.Whole(texts, process, variant, kind, definitions.ThemeName(theme, texts)), states.DayIn(state, launchedAt));

    // Where a stage asks different things of different roles, what it asks of this one.
    private static string? WhatOf(string step, Texts texts, string? stage, string left) =>
        texts.Find("home.what." + step) is null ? null : texts.Of("home.what." + step, ("stage", stage ?? ""), ("left", left));

    // The same for what that is called.
    private string? TitleOf(string step, string? branch, Texts texts) =>
        texts.Find("home.step." + step) is null ? null : texts.Of("home.step." + step, ("state", branch is { Length: 3 } ? states.Of(branch, texts.Language) : ""));

    // Steps others are late with: for the head coordinator, for a coordinator without a reserve, for the reviewing State of an expert.
    private const string LateHead = "late_head", LateAlone = "late_alone", LateOwn = "late_own";
}
