using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PeerReview.Core.Reviews;
using PeerReview.Server.Features.Accounts;
using PeerReview.Server.Features.ApiDocs;
using PeerReview.Server.Features.Commitments;
using PeerReview.Server.Features.Clarification;
using PeerReview.Server.Features.ClarifyFirst;
using PeerReview.Server.Features.Completeness;
using PeerReview.Server.Features.Assessment;
using PeerReview.Server.Features.Consolidation;
using PeerReview.Server.Features.DeskReview;
using PeerReview.Server.Features.Drafts;
using PeerReview.Server.Features.Find;
using PeerReview.Server.Features.FollowUp;
using PeerReview.Server.Features.Help;
using PeerReview.Server.Features.Deadlines;
using PeerReview.Server.Features.Declarations;
using PeerReview.Server.Features.Demo;
using PeerReview.Server.Features.Dialogue;
using PeerReview.Server.Features.Home;
using PeerReview.Server.Features.Launch;
using PeerReview.Server.Features.Ledger;
using PeerReview.Server.Features.Moves;
using PeerReview.Server.Features.Opening;
using PeerReview.Server.Features.Operations;
using PeerReview.Server.Features.Reviews;
using PeerReview.Server.Features.Participants;
using PeerReview.Server.Features.People;
using PeerReview.Server.Features.Programmes;
using PeerReview.Server.Features.Publication;
using PeerReview.Server.Features.Register;
using PeerReview.Server.Features.Remarks;
using PeerReview.Server.Features.Report;
using PeerReview.Server.Features.Responses;
using PeerReview.Server.Features.SeeAs;
using PeerReview.Server.Features.Selection;
using PeerReview.Server.Features.Stakeholders;
using PeerReview.Server.Features.Team;
using PeerReview.Server.Features.Translations;
using PeerReview.Server.Features.Urgent;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Documents;
using PeerReview.Server.Platform.Letters;
using PeerReview.Server.Platform.Mail;
using PeerReview.Server.Platform.Reviews;
using PeerReview.Server.Platform.Telemetry;
using PeerReview.Server.Platform.Web;
using PeerReview.Server.Platform.Writings;
using PeerReview.Server.Stacks;

namespace PeerReview.Server;

/// <summary>What one running program needs to know.</summary>
/// <param name="Connections">How to log in to its database.</param>
/// <param name="Data">The folder of what it keeps outside the database, such as mail to be picked up.</param>
/// <param name="Urls">Where it listens; port 0 takes a free one.</param>
/// <param name="ManualClock">Whether a clock moved by hand is fine: demonstrations and tests.</param>
public sealed record AppOptions(
    DatabaseConnections Connections, string Data, IReadOnlyList<string> Urls, bool ManualClock = false)
{
    /// <summary>Whether due work is looked for by itself. Without it only commits of this program and a clock moved by hand
    /// set anything going: for tests that want every letter at its moment, and for verbs beside a running program.</summary>
    public bool Rhythm { get; init; } = true;

    /// <summary>The stack chosen by hand; null takes the one the database runs on.</summary>
    public IStack? Stack { get; init; }

    /// <summary>The Chromium that prints PDF files: null for the one configured or found, empty for none.</summary>
    public string? Chromium { get; init; }

    /// <summary>The variants that can be launched: those of the release.</summary>
    public VariantsOffered Variants { get; init; } = VariantsOffered.Release;

    /// <summary>From which level on log lines are written, where configuration says nothing else.</summary>
    public LogLevel LogFrom { get; init; } = LogLevel.Information;
}

/// <summary>The whole composition, the same in tests.</summary>
public static class App
{
    /// <summary>Checks the database, reads the definitions and puts the program together; it does not listen yet.</summary>
    /// <exception cref="DatabaseException">The database cannot be used.</exception>
    /// <exception cref="DefinitionException">A process or framework has problems, or changed under its version.</exception>
    public static async Task<WebApplication> BuildAsync(AppOptions options, CancellationToken cancel)
    {
        var database = Database.Open(options.Connections);
        try
        {
            await DatabaseStart.RequireUsableAsync(database, options.ManualClock, cancel);
            var stack = await StackChoice.SettleAsync(database, options.Stack, BuiltStacks.All, cancel);
            var app = Build(options, stack, database, await Definitions.LoadAsync(database, ProgramFiles.Workflows, cancel));
            if (options.Stack is { } byHand)
                await StackChoice.RememberAsync(database, byHand, cancel);
            return app;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Builds, listens, and runs until told to stop.</summary>
    /// <param name="listening">Called with the address once requests are answered.</param>
    /// <exception cref="DatabaseException">The database cannot be used, or the address is taken.</exception>
    public static async Task RunAsync(AppOptions options, Func<WebApplication, string, Task> listening, CancellationToken cancel)
    {
        await using var app = await BuildAsync(options, cancel);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new DatabaseException(
                $"Another program listens on {string.Join(" and ", options.Urls)}: stop it or choose another address.", taken);
        }

        var site = app.Services.GetRequiredService<Site>();
        if (!site.IsKnown)
            site.Address = new Uri(AddressOf(app));
        await listening(app, AddressOf(app));
        await app.WaitForShutdownAsync(cancel);
    }

    /// <summary>Where a started program answers.</summary>
    public static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static WebApplication Build(AppOptions options, IStack stack, Database database, Definitions definitions)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
            ApplicationName = "peerreview",
        });
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.AddTelemetry(options.LogFrom);
        builder.Services.AddSingleton(options).AddSingleton(options.Variants);
        builder.Services.AddSingleton(_ => database);
        builder.Services.AddSingleton(definitions).AddSingleton<IStageTitles>(definitions);
        builder.Services.AddSingleton(stack);
        stack.Add(builder.Services, options);
        AddPlatform(builder.Services, options);
        AddFeatures(builder.Services);
        var app = builder.Build();
        // Read now: what is wrong with a file stops the start, not the first request that needs it.
        app.Services.GetRequiredService<Calendars>();
        app.Services.GetRequiredService<TextCatalogue>();
        app.Services.GetRequiredService<LetterCatalog>();
        app.UseTelemetry();
        Map(app, stack);
        return app;
    }

    private static void AddPlatform(IServiceCollection services, AppOptions options)
    {
        services.AddSingleton<BusinessClock>();
        services.AddSingleton(_ => CalendarFiles.Read(ProgramFiles.Workflows));
        services.AddReviews();
        services.AddWritings();
        services.AddWeb();
        services.AddMail(
            MailOptions.FromEnvironment(Environment.GetEnvironmentVariable, Path.Combine(options.Data, "mail")),
            OwnLetters.FromEnvironment(Environment.GetEnvironmentVariable, options.Data));
        services.AddDocuments(new ChromiumOptions(
            options.Chromium ?? Environment.GetEnvironmentVariable(ChromiumOptions.Variable)));
        if (options.Rhythm)
            services.AddRecurringWork();
    }

    private static void AddFeatures(IServiceCollection services)
    {
        services.AddOperations();
        services.AddApiDocs();
        services.AddAccounts();
        services.AddCommitments();
        services.AddClarification();
        services.AddSelection();
        services.AddTeam();
        services.AddParticipants();
        services.AddDeclarations();
        services.AddOpening();
        services.AddDialogue();
        services.AddDeskReview();
        services.AddTranslations();
        services.AddConsolidation();
        services.AddRemarks();
        services.AddReport();
        services.AddResponses();
        services.AddStakeholders();
        services.AddCompleteness();
        services.AddAssessment();
        services.AddDeadlines();
        services.AddSingleton<Demonstration>();
        services.AddSingleton<FindPage>();
        services.AddSingleton<SeeAs>();
        services.AddFollowUp();
        services.AddHome();
        services.AddLaunch();
        ReadLedger.Add(services);
        services.AddMoves();
        services.AddReviewPages();
        services.AddPeople();
        services.AddProgrammes();
        services.AddPublication();
        services.AddRegister();
        services.AddUrgent();
        services.AddClarifyFirst();
    }

    private static void Map(WebApplication app, IStack stack)
    {
        var routes = app.UseWeb();
        app.MapOperations();
        OperationsPage.Map(routes);
        ApiDocsFeature.Map(app, routes);
        HelpPages.Map(routes);
        AccountRoutes.Map(routes);
        CommitmentsFeature.Map(routes);
        ClarificationFeature.Map(routes);
        SelectionFeature.Map(routes);
        TeamFeature.Map(routes);
        ParticipantsFeature.Map(routes);
        DeclarationsFeature.Map(routes);
        OpeningFeature.Map(routes);
        DialogueFeature.Map(routes);
        DeskReviewFeature.Map(routes);
        TranslationsFeature.Map(routes);
        ConsolidationFeature.Map(routes);
        RemarksFeature.Map(routes);
        ReportFeature.Map(routes);
        ResponsesFeature.Map(routes);
        StakeholdersFeature.Map(routes);
        CompletenessFeature.Map(routes);
        DraftRoutes.Map(routes);
        FindPage.Map(routes);
        SeeAs.Map(routes);
        FollowUpFeature.Map(routes);
        HomeFeature.Map(routes);
        AssessmentFeature.Map(routes);
        LaunchFeature.Map(routes);
        ReadLedger.Map(routes);
        DeadlinesFeature.Map(routes);
        MovesFeature.Map(routes);
        ReviewsFeature.Map(routes);
        PeopleFeature.Map(routes);
        ProgrammesFeature.Map(routes);
        PublicationFeature.Map(routes);
        RegisterFeature.Map(routes);
        UrgentFeature.Map(routes);
        ClarifyFirstFeature.Map(routes);
        stack.Map(OperationsPage.OfStack(routes));
    }
}
