using System.Globalization;
using PeerReview.Core;
using PeerReview.Server.Platform.Clock;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Features.Demo;

/// <summary>What happens in the demonstration, in its order: one light review is published, others stand in earlier stages; some
/// States are ready to review others, desk reviews stand in their stages, a full review in its dialogue, and a subregional one in which
/// participating States are asked about the common part. The clock moves on meanwhile, so what has most days left goes first, and last of
/// all two reviews are launched that nobody has touched, one of them of a single theme: nothing is late in a fresh demonstration.</summary>
internal static class DemoScript
{
    /// <summary>Desk reviews: subject, its name, the reviewing States with their names, and the stage each stands in.</summary>
    private static readonly (string State, string Country, DemoReviewer First, DemoReviewer Second, string Until)[] Desks =
    [
        ("KEN", "Kenya", new("RWA", "Rwanda", "A"), new("JPN", "Japan", "B"), "rec_response"),
        ("ZMB", "Zambia", new("MUS", "Mauritius", "A"), new("FJI", "Fiji", "B"), "agree"),
        ("MNG", "Mongolia", new("FJI", "Fiji", "A"), new("CPV", "Cabo Verde", "B"), "draft"),
        ("LSO", "Lesotho", new("SEN", "Senegal", "A"), new("URY", "Uruguay", "B"), "state_reply"),
        ("BEN", "Benin", new("CPV", "Cabo Verde", "A"), new("URY", "Uruguay", "B"), DemoDesk.Translating),
        ("MDG", "Madagascar", new("MAR", "Morocco", "A"), new("EST", "Estonia", "B"), "desk_review"),
        ("BTN", "Bhutan", new("JPN", "Japan", "A"), new("GHA", "Ghana", "B"), "nominate"),
    ];

    /// <summary>Plays it; answers the people review by review, coordinators first.</summary>
    public static async Task<IReadOnlyList<DemoPerson>> PlayAsync(DemoStage stage, CancellationToken cancel)
    {
        await stage.HireAsync(cancel);
        await new DemoReview(stage, "FJI", "Fiji").ToPublicationAsync(cancel);
        await new DemoReview(stage, "URY", "Uruguay").ToHalfWrittenAsync(cancel);
        var full = new DemoDesk(
            stage, "BWA", "Botswana", new("MUS", "Mauritius", "A"), new("EST", "Estonia", "B"), until: "dialogue", variant: "full");
        await full.BeginAsync(cancel);
        await stage.PassAsync(6, cancel);
        await new DemoReview(stage, "GHA", "Ghana").ToQuestionsAsync(cancel);
        await DemoPool.FillAsync(stage, cancel);
        await DemoDesk.PlayAsync(
            stage, [.. Desks.Select(desk => new DemoDesk(stage, desk.State, desk.Country, desk.First, desk.Second, desk.Until)), full], cancel);
        await new DemoReview(stage, "JAM", "Jamaica", participants: ["BRB", "BLZ", "GUY", "LCA"])
            .ToEndorsementAsync(["Barbados", "Belize", "Guyana", "Saint Lucia"], cancel);
        await new DemoReview(stage, "NPL", "Nepal", theme: "critical_infrastructure").LaunchAsync(cancel);
        await new DemoReview(stage, "EST", "Estonia").LaunchAsync(cancel);
        return stage.Cast;
    }
}

/// <summary>Where it happens: the programme, its people, its clock.</summary>
internal sealed class DemoStage(Uri address, ProgrammeId programme, DemoPeople people, BusinessClock now, ClockAdvance clock)
{
    private readonly List<(string Review, DemoPerson Person)> _cast = [];
    private DemoStaff? _staff;

    public ProgrammeId Programme => programme;

    /// <summary>Everybody who appeared so far, those of one review together.</summary>
    public IReadOnlyList<DemoPerson> Cast => [.. _cast.GroupBy(one => one.Review, StringComparer.Ordinal).SelectMany(review => review).Select(one => one.Person)];

    public DemoStaff Staff => _staff ?? throw new InvalidOperationException("The staff comes first.");

    /// <summary>Those who have their role before any review.</summary>
    public async Task HireAsync(CancellationToken cancel)
    {
        var first = await HireAsync("COORD", null, "Cora Coordinator", cancel);
        var second = await HireAsync("COORD", null, "Dana Deputy", cancel);
        var head = await HireAsync("COORD_HEAD", null, "Hana Head", cancel);
        _staff = new DemoStaff(new DemoClient(address, first), first, second, new DemoClient(address, head));
        await HireAsync("OTHER_STATE", "NOR", "Olav Otherstate", cancel);
        await HireAsync("OPERATOR", null, "Opal Operator", cancel);
        await HireAsync("AUDITOR", null, "Aude Auditor", cancel);
    }

    /// <summary>Somebody with an account by now appears in a review, and can act.</summary>
    public async Task<DemoClient> EnterAsync(string review, string name, string role, CancellationToken cancel)
    {
        var person = await people.FindAsync(DemoPeople.AddressOf(name), role, cancel);
        _cast.Add((review, person));
        return new DemoClient(address, person);
    }

    /// <summary>Lets days pass, with everything that falls due in them.</summary>
    public Task PassAsync(int days, CancellationToken cancel) => clock.ByAsync(TimeSpan.FromDays(days), cancel);

    /// <summary>Today by business time, as the API writes days.</summary>
    public Task<string> TodayAsync(CancellationToken cancel) => DayAsync(0, cancel);

    /// <summary>A day so many days ahead.</summary>
    public async Task<string> DayAsync(int ahead, CancellationToken cancel) =>
        (await now.NowAsync(cancel)).AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<DemoPerson> HireAsync(string role, string? state, string name, CancellationToken cancel)
    {
        var person = await people.CreateAsync(programme, role, state, name, "Demonstration", cancel);
        _cast.Add(("", person));
        return person;
    }
}

/// <summary>Those who look after the reviews of the demonstration.</summary>
internal sealed record DemoStaff(DemoClient Client, DemoPerson Coordinator, DemoPerson Deputy, DemoClient Head);
