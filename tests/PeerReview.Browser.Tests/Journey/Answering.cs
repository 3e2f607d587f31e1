using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PeerReview.Testing;

namespace PeerReview.Browser.Tests.Journey;

/// <summary>The self-assessment: one item of each sort by keyboard, the others by the program of the focal point.</summary>
internal static class Answering
{
    /// <summary>Fills in every layer of an item and puts a file under it.</summary>
    public static async Task AnswerInFullAsync(this Participant focalPoint, string item, string rule, DateOnly tested)
    {
        await focalPoint.OpenItemAsync(item);
        await focalPoint.LookAsync("item");
        var keyboard = focalPoint.Keyboard;
        await keyboard.PickAsync("In place and tested");
        await keyboard.FillAsync("Rule (optional)", rule);
        await keyboard.FillAsync("Practice (optional)", "Four people work on it the whole year.");
        await keyboard.FillAsync("Evidence (optional)", "The decree, and the yearly report of the office.");
        await keyboard.DateAsync("Last tested (optional)", tested);
        await keyboard.FillAsync("What was tested and what came of it (optional)", "A regional exercise; the list of contacts was renewed.");
        await keyboard.PickAsync("TLP:CLEAR – public");
        await focalPoint.SendAsync("Save");
        await focalPoint.ReadsAsync("The answer is saved.");
        await keyboard.UnfoldAsync("Add a file");
        await keyboard.AttachAsync("File", "decree.txt", "text/plain", Encoding.UTF8.GetBytes("Decree 12 of last year."));
        await focalPoint.SendAsync("Add a file");
        await focalPoint.ReadsAsync("decree.txt");
        await focalPoint.LookAsync("item-answered");
    }

    /// <summary>Answers an item about critical infrastructure for two sectors.</summary>
    public static async Task AnswerForSectorsAsync(this Participant focalPoint, string item, string practice)
    {
        await focalPoint.OpenItemAsync(item);
        await focalPoint.LookAsync("item-sectors");
        await focalPoint.Keyboard.PickAsync("Partly in place");
        await focalPoint.Keyboard.FillAsync("Practice (optional)", practice);
        await focalPoint.Keyboard.CheckAsync("Health");
        await focalPoint.Keyboard.CheckAsync("Energy");
        await focalPoint.Keyboard.PickAsync("TLP:RED – named persons only");
        await focalPoint.SendAsync("Save");
        await focalPoint.ReadsAsync("The answer is saved.");
    }

    /// <summary>Says why an item does not apply.</summary>
    public static async Task SayNotApplicableAsync(this Participant focalPoint, string item, string reason)
    {
        await focalPoint.OpenItemAsync(item);
        await focalPoint.Keyboard.PickAsync("Not applicable");
        await focalPoint.Keyboard.FillAsync("Why it does not apply (optional)", reason);
        await focalPoint.Keyboard.PickAsync("TLP:CLEAR – public");
        await focalPoint.SendAsync("Save");
        await focalPoint.ReadsAsync("The answer is saved.");
    }

    /// <summary>Prefers not to answer, which needs no reason.</summary>
    public static async Task DeclineAsync(this Participant focalPoint, string item)
    {
        await focalPoint.OpenItemAsync(item);
        await focalPoint.Keyboard.PickAsync("Prefer not to answer");
        await focalPoint.SendAsync("Save");
        await focalPoint.ReadsAsync("The answer is saved.");
    }

    /// <summary>Adds to an item that was sent back.</summary>
    public static async Task CompleteAsync(this Participant focalPoint, string item, string note, string practice)
    {
        await focalPoint.TakeUpAsync("Self-assessment");
        await focalPoint.ReadsAsync(note);
        await focalPoint.LookAsync("assessment-returned");
        await focalPoint.FollowAsync(item);
        await focalPoint.ReadsAsync(note);
        await focalPoint.LookAsync("item-returned");
        await focalPoint.Keyboard.FillAsync("Practice (optional)", practice);
        await focalPoint.SendAsync("Save");
        await focalPoint.ReadsAsync("The answer is saved.");
    }

    /// <summary>The focal point's signature.</summary>
    public static async Task SignAsync(this Participant focalPoint)
    {
        await focalPoint.TakeUpAsync("Self-assessment");
        await focalPoint.LookAsync("assessment-answered");
        await focalPoint.FollowAsync("Signatures");
        await focalPoint.LookAsync("sign-off");
        await focalPoint.Keyboard.FillAsync("Office", "Cyber Unit");
        await focalPoint.Keyboard.CheckAsync("Nothing that is classified under our national rules is in these answers and files");
        await focalPoint.SendAsync("Sign");
        await focalPoint.ReadsAsync("You have signed.");
        await focalPoint.LookAsync("sign-off-signed");
    }

    /// <summary>The authority's signature, which hands in.</summary>
    public static async Task HandInAsync(this Participant authority)
    {
        await authority.TakeUpAsync("Self-assessment");
        await authority.LookAsync("sign-off-authority");
        await authority.FollowAsync("Read it once more");
        await authority.LookAsync("assessment-whole");
        await authority.FollowAsync("Go to the signatures");
        await authority.Keyboard.FillAsync("Office", "Ministry of ICT");
        await authority.SendAsync("Sign and hand in");
        await authority.ReadsAsync("The self-assessment is signed and handed in.");
        await authority.LookAsync("handed-in");
    }

    /// <summary>Answers over the API whatever is not answered yet.</summary>
    public static async Task AnswerTheRestAsync(TestPerson focalPoint, Guid review)
    {
        var sheet = await focalPoint.Client.GetFromJsonAsync<JsonElement>($"/api/v1/reviews/{review}/answers");
        var open = sheet.GetProperty("items").EnumerateArray().Where(one => one.GetProperty("version").GetInt32() == 0)
            .Select(one => one.Text("item")!).ToList();
        Assert.Equal(17, open.Count);
        foreach (var item in open)
        {
            using var saved = await focalPoint.Client.PutAsJsonAsync($"/api/v1/reviews/{review}/answers/{item}", new
            {
                value = "partly_in_place",
                label = "CLEAR",
                rule = "A decree of last year.",
                practice = "Two people work on it.",
                sectors = item[..3] is "N-f" or "N-g" or "N-h" ? new[] { "health" } : [],
            });
            saved.EnsureSuccessStatusCode();
        }
    }

    private static async Task OpenItemAsync(this Participant focalPoint, string item)
    {
        await focalPoint.TakeUpAsync("Self-assessment");
        await focalPoint.LookAsync("assessment");
        await focalPoint.FollowBeginningAsync(item + " ");
    }
}
