using Microsoft.Playwright;

namespace PeerReview.Browser.Tests.Journey;

/// <summary>What the coordinator's office does in a light review.</summary>
internal static class Office
{
    /// <summary>Opens the account of a second coordinator.</summary>
    public static async Task BringInAsync(this Participant coordinator, string name, string email)
    {
        await coordinator.FollowAsync("Programme");
        await coordinator.LookAsync("programme");
        await coordinator.Keyboard.UnfoldAsync("Add a coordinator");
        await coordinator.Keyboard.FillAsync("Name", name);
        await coordinator.Keyboard.FillAsync("E-mail address", email);
        await coordinator.SendAsync("Add");
        await coordinator.ReadsAsync("The coordinator was added.");
    }

    /// <summary>Registers the mission of Kenya and records the note verbale that names its authority.</summary>
    public static async Task RecordNoteVerbaleAsync(this Participant coordinator, DateOnly dated, string authority, string email)
    {
        await coordinator.Keyboard.FillAsync("Find a State", coordinator.Say("Kenya")[..4], AriaRole.Searchbox);
        await coordinator.SendAsync("Find");
        await coordinator.FollowAsync("Kenya");
        await coordinator.LookAsync("programme-state");
        await coordinator.Keyboard.FillAsync("E-mail address of the permanent mission", "mission@example.org");
        await coordinator.SendAsync("Register");
        await coordinator.LookAsync("programme-state-registered");
        await coordinator.Keyboard.FillAsync("Number of the note verbale", "NV-1");
        await coordinator.Keyboard.DateAsync("Date of the note", dated);
        await coordinator.Keyboard.FillAsync("Signed by", "H.E. A. Representative");
        await coordinator.Keyboard.FillAsync("Name (optional)", authority);
        await coordinator.Keyboard.FillAsync("E-mail address (optional)", email);
        await coordinator.SendAsync("Record a note verbale");
        await coordinator.ReadsAsync("has an account now");
        await coordinator.LookAsync("programme-state-recorded");
    }

    /// <summary>Confirms that the launch has arrived and says who looks after the review.</summary>
    public static async Task AcknowledgeAsync(this Participant coordinator, string name, string deputy)
    {
        await coordinator.TakeUpAsync("Acknowledgement");
        await coordinator.LookAsync("acknowledge");
        await coordinator.Keyboard.ChooseAsync("Coordinator", name);
        await coordinator.Keyboard.ChooseAsync("Deputy", deputy);
        await coordinator.SendAsync("Acknowledge the launch");
        await coordinator.ReadsAsync("The launch is acknowledged.");
        await coordinator.LookAsync("review-acknowledged");
        await coordinator.FollowAsync("Board");
        await coordinator.LookAsync("board");
    }

    /// <summary>Sends the self-assessment back once, for one item.</summary>
    public static async Task SendBackAsync(this Participant coordinator, string item, string note)
    {
        await coordinator.TakeUpAsync("Completeness check");
        await coordinator.LookAsync("completeness");
        await coordinator.Keyboard.UnfoldAsync("Say what is missing and send it back");
        await coordinator.TickBeginningAsync(item);
        await coordinator.Keyboard.FillAsync("What is missing", note);
        await coordinator.SendAsync("Send it back");
        await coordinator.ReadsAsync("went back to the State");
        await coordinator.LookAsync("review-returned");
    }

    /// <summary>Reads the item that was sent back and finds everything there.</summary>
    public static async Task FindCompleteAsync(this Participant coordinator, string item, string addition)
    {
        await coordinator.TakeUpAsync("Completeness check");
        await coordinator.LookAsync("completeness-again");
        await coordinator.FollowBeginningAsync(item);
        await coordinator.ReadsAsync(addition);
        await coordinator.LookAsync("item-read");
        await coordinator.TakeUpAsync("Completeness check");
        await coordinator.SendAsync("Complete");
        await coordinator.ReadsAsync("The self-assessment is complete.");
    }

    /// <summary>Asks about one item.</summary>
    public static async Task AskAsync(this Participant coordinator, string item, string question)
    {
        await coordinator.TakeUpAsync("Clarifying round");
        await coordinator.LookAsync("questions-none");
        await coordinator.Keyboard.ChooseAsync("About which item (optional)", await coordinator.OptionBeginningAsync(item));
        await coordinator.Keyboard.FillAsync("Question", question);
        await coordinator.SendAsync("Send the questions");
        await coordinator.ReadsAsync("Sent to the State.");
        await coordinator.LookAsync("questions-asked");
    }

    /// <summary>Closes the round after reading the reply.</summary>
    public static async Task CloseRoundAsync(this Participant coordinator, string reply)
    {
        await coordinator.TakeUpAsync("Clarifying round");
        await coordinator.ReadsAsync(reply);
        await coordinator.LookAsync("questions-replied");
        await coordinator.SendAsync("Close the round of questions");
        await coordinator.ReadsAsync("This step is finished.");
    }

    /// <summary>Publishes what the State has signed.</summary>
    public static async Task PublishAsync(this Participant coordinator)
    {
        await coordinator.TakeUpAsync("Publication");
        await coordinator.LookAsync("publish");
        await coordinator.SendAsync("Publish now");
        await coordinator.ReadsAsync("Published.");
        await coordinator.LookAsync("published");
    }
}
