namespace PeerReview.Browser.Tests.Journey;

/// <summary>What the people of a State do in a light review, beside answering the items.</summary>
internal static class StateSide
{
    /// <summary>Launches with two items of the State's own choice.</summary>
    public static async Task LaunchAsync(this Participant authority)
    {
        await authority.HomeAsync();
        await authority.FollowAsync("Launch a review");
        await authority.LookAsync("launch");
        await authority.Keyboard.UnfoldAsync("Add questions of your own choice");
        await authority.TickBeginningAsync("N-a.a2");
        await authority.TickBeginningAsync("P-CBM.c4");
        await authority.Keyboard.ChooseAsync("Language of this review", "English");
        await authority.Keyboard.ChooseAsync("Clarifying questions and replies", "In full");
        await authority.Keyboard.FillAsync("Office", "Ministry of ICT");
        await authority.SendAsync("Sign and launch");
        await authority.ReadsAsync("The review is launched.");
        await authority.LookAsync("review-launched");
    }

    /// <summary>Names the focal point and an alternate and confirms both.</summary>
    public static async Task AppointAsync(this Participant authority, string focalPoint, string alternate)
    {
        await authority.TakeUpAsync("Focal point");
        await authority.LookAsync("people");
        await authority.NameAsync("Name the focal point", focalPoint);
        await authority.NameAsync("Name an alternate", alternate);
        await authority.LookAsync("people-named");
    }

    /// <summary>Replies to the question that waits.</summary>
    public static async Task ReplyAsync(this Participant focalPoint, string question, string reply)
    {
        await focalPoint.TakeUpAsync("Clarifying round");
        await focalPoint.ReadsAsync(question);
        await focalPoint.LookAsync("questions-to-reply");
        await focalPoint.Keyboard.FillAsync("Your reply", reply);
        await focalPoint.SendAsync("Send the reply");
        await focalPoint.ReadsAsync("The reply is saved.");
    }

    /// <summary>Writes one commitment.</summary>
    public static async Task CommitAsync(this Participant focalPoint, string title, DateOnly due)
    {
        await focalPoint.OpenReviewAsync();
        await focalPoint.FollowAsync("Commitments and good practices");
        await focalPoint.LookAsync("commitments-none");
        await focalPoint.FollowAsync("Write a commitment");
        await focalPoint.LookAsync("commitment-new");
        var keyboard = focalPoint.Keyboard;
        await keyboard.FillAsync("What will be done, in a line", title);
        await focalPoint.TickBeginningAsync("N-a.a2");
        await keyboard.CheckAsync("Human rights");
        await keyboard.CheckAsync("Open");
        await keyboard.ChooseAsync("Level", "National");
        await keyboard.ChooseAsync("Kind of action", "Policy");
        await keyboard.FillAsync("Office that answers for it", "Cyber Unit");
        await keyboard.DateAsync("Done by", due);
        await keyboard.FillAsync("How one will see that it is done", "The report of the drill.");
        await keyboard.PickAsync("No");
        await keyboard.CheckAsync("We have considered what this does to people's rights");
        await focalPoint.SaveForEverybodyAsync();
    }

    /// <summary>Writes one good practice.</summary>
    public static async Task TellPracticeAsync(this Participant focalPoint, string item, string text)
    {
        await focalPoint.FollowAsync("Write a good practice");
        await focalPoint.LookAsync("practice-new");
        await focalPoint.Keyboard.ChooseAsync("Item it belongs to", await focalPoint.OptionBeginningAsync(item));
        await focalPoint.Keyboard.FillAsync("What is done well", text);
        await focalPoint.Keyboard.CheckAsync("Stable");
        await focalPoint.Keyboard.CheckAsync("Peace and security");
        await focalPoint.Keyboard.ChooseAsync("Level", "Regional");
        await focalPoint.SaveForEverybodyAsync();
    }

    /// <summary>Writes the State's own summary.</summary>
    public static async Task SummariseAsync(this Participant focalPoint, string text)
    {
        await focalPoint.FollowAsync("Write the summary");
        await focalPoint.LookAsync("summary-new");
        await focalPoint.Keyboard.FillAsync("Summary (optional)", text);
        await focalPoint.SaveForEverybodyAsync();
        await focalPoint.LookAsync("commitments");
    }

    /// <summary>Decides document by document, withholds one part, looks at what the public will see, and signs.</summary>
    public static async Task DecideAsync(this Participant authority, string withheld, string shown, string hidden)
    {
        await authority.TakeUpAsync("Publication decision");
        await authority.LookAsync("publication-decision");
        await authority.Keyboard.ChooseAsync("Self-assessment", "With parts withheld");
        await authority.Keyboard.ChooseAsync("Clarifying questions and replies", "Not at all");
        await authority.Keyboard.UnfoldAsync("Withhold single parts");
        await authority.TickBeginningAsync(withheld);
        await authority.SendAsync("Show what the public will see");
        await authority.LookAsync("publication-preview");
        await authority.ReadsAsync(shown);
        await authority.DoesNotReadAsync(hidden);
        await authority.Keyboard.FillAsync("Office", "Ministry of ICT");
        await authority.SendAsync("Sign the decision");
        await authority.ReadsAsync("Signed.");
        await authority.LookAsync("publication-signed");
    }

    /// <summary>Says what has become of the one commitment.</summary>
    public static async Task TellProgressAsync(this Participant focalPoint, string note)
    {
        await focalPoint.TakeUpAsync("Six-month check");
        await focalPoint.LookAsync("follow-up");
        await focalPoint.Keyboard.PickAsync("Under way");
        await focalPoint.Keyboard.FillAsync("A few words (optional)", note);
        await focalPoint.SendAsync("Hand in the note");
        await focalPoint.ReadsAsync("The note is handed in.");
        await focalPoint.LookAsync("follow-up-told");
    }

    /// <summary>Closes the review from this person's side.</summary>
    public static async Task CloseAsync(this Participant person, string note)
    {
        await person.TakeUpAsync("Closing");
        await person.LookAsync("closing");
        await person.Keyboard.FillAsync("Closing note", note);
        await person.SendAsync("Close from our side");
        await person.ReadsAsync("Your side has closed the review.");
        await person.LookAsync("closed");
    }

    private static async Task NameAsync(this Participant authority, string link, string name)
    {
        await authority.FollowAsync(link);
        await authority.LookAsync("people-nomination");
        await authority.Keyboard.FillAsync("Name", name);
        await authority.Keyboard.FillAsync("E-mail address", Mailbox.Of(name));
        await authority.Keyboard.ChooseAsync("A note verbale on record", await authority.OptionBeginningAsync("NV-1"));
        await authority.SendAsync("Name this person");
        await authority.ReadsAsync("The person is named and was told.");
    }

    private static async Task SaveForEverybodyAsync(this Participant focalPoint)
    {
        await focalPoint.Keyboard.ChooseAsync("How far it may travel", "TLP:CLEAR – public");
        await focalPoint.SendAsync("Save");
        await focalPoint.ReadsAsync("Saved.");
    }
}
