using Microsoft.Extensions.DependencyInjection;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Assessment;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Reviews;

namespace PeerReview.Bench;

/// <summary>Reviews made by the program itself, to be copied: what a copy holds, a real review holds.</summary>
internal sealed class Template(IServiceProvider services)
{
    /// <summary>The State of the template, whose code copies replace.</summary>
    public const string State = "KEN";

    private static readonly PersonId Authority = new(Ids.Authority(0));
    private static readonly PersonId Coordinator = new(Ids.Coordinator(0));

    private readonly ReviewCommands _commands = services.GetRequiredService<ReviewCommands>();

    /// <summary>Who acts with which role.</summary>
    public static Actor As(Guid person, PeerReview.Core.Access.Role role, string? state = null) =>
        new(new PersonId(person), [new Grant(role, new ProgrammeId(Ids.Programme), State: state is null ? null : new StateCode(state))]);

    /// <summary>Launched and waiting for acknowledgement.</summary>
    public async Task<Guid> LaunchedAsync()
    {
        var verdict = await services.GetRequiredService<ReviewLaunch>().RunAsync(
            As(Authority.Value, PeerReview.Core.Access.Role.StateAuthority, State), new ProgrammeId(Ids.Programme), new StateCode(State),
            "voluntary-review", null, (work, _) => Task.FromResult<Verdict<ReviewChange>>(Launch(work)), CancellationToken.None);
        return Accepted(verdict).Review;
    }

    /// <summary>In its self-assessment, every item of the light set answered once.</summary>
    public async Task<Guid> AnsweredAsync()
    {
        var review = await LaunchedAsync();
        await RunAsync(review, Ids.Coordinator(0), PeerReview.Core.Access.Role.Coordinator, Acknowledge);
        await RunAsync(review, Authority.Value, PeerReview.Core.Access.Role.StateAuthority, Appoint);
        foreach (var item in Items(services.GetRequiredService<Definitions>()))
            await SaveAnswerAsync(_commands, new ReviewId(review), As(Ids.FocalPoint(0), PeerReview.Core.Access.Role.StateFocalPoint), item, 0);
        return review;
    }

    /// <summary>The items of the light set.</summary>
    public static ImmutableArray<string> Items(Definitions definitions) =>
        [.. definitions.Current.Items.Where(item => item.InLightSet).Select(item => item.Id)];

    /// <summary>One answer saved through the whole path.</summary>
    /// <param name="number">Goes into the text, so that every version differs.</param>
    public static async Task SaveAnswerAsync(ReviewCommands commands, ReviewId review, Actor actor, string item, int number)
    {
        var verdict = await commands.RunAsync(
            review, actor, null, new WritingRef(WritingKind.Answer, item),
            (work, _) => Task.FromResult<Verdict<ReviewChange>>(new ReviewChange().Write(
                WritingKind.Answer, item, work.Current?.Version ?? 0, Answer(item, number), "AMBER", "en")),
            CancellationToken.None);
        Accepted(verdict);
    }

    /// <summary>The coordinator acknowledges a launched review, names who looks after it, and the stage closes.</summary>
    public static async Task AcknowledgeAsync(ReviewCommands commands, ReviewId review, Actor actor) =>
        Accepted(await commands.RunAsync(
            review, actor, null, (work, _) => Task.FromResult<Verdict<ReviewChange>>(Acknowledge(work)), CancellationToken.None));

    private static Receipt Accepted(Verdict<Receipt> verdict) =>
        verdict.Match(receipt => receipt, refusal => throw new InvalidOperationException($"Refused: {refusal.Code}."));

    private static ReviewChange Launch(ReviewWork work)
    {
        var review = work.Review;
        return new ReviewChange()
            .Record(new ReviewEvent.Launched(
                review.Programme.Value, "national", State, "light",
                new DefinitionPin(review.Process.Id, review.Process.Version, review.Process.Hash),
                new DefinitionPin(review.Framework.Id, review.Framework.Version, review.Framework.Hash),
                [.. review.Framework.Items.Where(item => item.InLightSet).Select(item => item.Id)],
                "en", ["en"], ImmutableSortedDictionary<string, string>.Empty, true, work.Person.Value, ""))
            .Record(new ReviewEvent.Signed("launch", "STATE_AUTH", new string('0', 64), "", work.Person.Value))
            .Then(new ProcessCommand.Launch(new Acting(work.Person, ["STATE_AUTH"]), "light", "national", []));
    }

    private static ReviewChange Acknowledge(ReviewWork work) => new ReviewChange()
        .Record(new ReviewEvent.CaseAssigned(work.Person.Value, Ids.Coordinator(1), work.Person.Value))
        .Then(new ProcessCommand.Complete(new Acting(work.Person, ["COORD"]), "acknowledge"));

    private static ReviewChange Appoint(ReviewWork work) => new ReviewChange()
        .Record(new ReviewEvent.PersonAppointed(Ids.FocalPoint(0), "STATE_FP", Ids.Letter(0), [], work.Person.Value))
        .Record(new ReviewEvent.PersonAppointed(Ids.Alternate(0), "STATE_ALT", Ids.Letter(0), [], work.Person.Value))
        .Then(new ProcessCommand.Complete(new Acting(work.Person, ["STATE_AUTH"]), "appoint"));

    private static JsonElement Answer(string item, int number) => Contents.Write(
        new Answer(item, AnswerValue.PartlyInPlace) { Rule = Rule(number), Practice = Practice });

    /// <summary>What an answer says of the law: some two hundred letters, other ones in every version.</summary>
    public static string Rule(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"Version {number} of what the law says: the act of 2019 on the security of networks, its two regulations, and the decree that names the authority and gives it a budget.");

    /// <summary>What an answer says of practice.</summary>
    public const string Practice =
        "The team of the authority answers around the clock; exercises are held twice a year with operators and ministries, and their reports are read by the council.";

    private async Task RunAsync(Guid review, Guid person, PeerReview.Core.Access.Role role, Func<ReviewWork, ReviewChange> change) => Accepted(
        await _commands.RunAsync(
            new ReviewId(review), As(person, role, role == PeerReview.Core.Access.Role.StateAuthority ? State : null), null,
            (work, _) => Task.FromResult<Verdict<ReviewChange>>(change(work)), CancellationToken.None));
}
