namespace PeerReview.Testing.Journeys;

/// <summary>A desk review whose first reviewing State steps back for a reserve, whose experts ask for more time, and whose report
/// goes on with what one State says against it.</summary>
/// <param name="parts">States with a part in it, each in no other journey of this ground.</param>
public class DeskJourney(Ground ground, string state, ReviewingStates parts) : Journey(ground, state)
{
    private readonly Dictionary<string, Player> _speakers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Player> _experts = new(StringComparer.Ordinal);

    /// <summary>States with a part in it.</summary>
    protected ReviewingStates Parts => parts;

    /// <summary>Leads the experts.</summary>
    protected Player Leader => _experts[parts.Reserve];

    /// <summary>The variant launched.</summary>
    protected virtual string Variant => "desk";

    public override async IAsyncEnumerable<string> StepsAsync()
    {
        await foreach (var step in BeginAsync(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["variant"] = Variant,
            ["promise"] = new { report = "full", summary = "full", recommendations = "full", action_plan = "none" },
        }))
            yield return step;
        foreach (var part in new[]
        {
            ChooseAsync(), InviteAsync(), OpenAsync(), AssessAsync(), CommentAsync(), HearAsync(), AskAsync(), MeetAsync(), DraftAsync(),
            AgreeAsync(), RespondAsync(), FollowAsync(), CloseAsync(),
        })
        {
            await foreach (var step in part)
                yield return step;
        }
    }

    /// <summary>What a variant has for stakeholders: nothing here.</summary>
    protected virtual async IAsyncEnumerable<string> HearAsync()
    {
        await Task.CompletedTask;
        yield break;
    }

    /// <summary>What a variant has between the replies of the State and the report: nothing here.</summary>
    protected virtual async IAsyncEnumerable<string> MeetAsync()
    {
        await Task.CompletedTask;
        yield break;
    }

    private async IAsyncEnumerable<string> ChooseAsync()
    {
        foreach (var one in new[] { parts.StepsBack, parts.Reserve, parts.Dissents, parts.OtherReserve })
            await JoinPoolAsync(one);
        await CompleteAsync(Coordinator, "draw", new
        {
            states = new[]
            {
                new { slot = "A", state = parts.StepsBack, reserves = new[] { parts.Reserve } },
                new { slot = "B", state = parts.Dissents, reserves = new[] { parts.OtherReserve } },
            },
        });
        await SpeakForAsync(parts.StepsBack);
        await PostAsync("decline", _speakers[parts.StepsBack], $"/reviewers/{parts.StepsBack}/decline", new { });
        _speakers.Remove(parts.StepsBack);
        await PostAsync("replace", Coordinator, $"/reviewers/{parts.StepsBack}/replacement", new { by = parts.Reserve });
        yield return "reserve in place";
        await SpeakForAsync(parts.Reserve);
        await SpeakForAsync(parts.Dissents);
        await PostAsync("waive redraw", FocalPoint, "/stages/redraw_window/waive", new { });
        yield return "focal points named";
    }

    private async Task JoinPoolAsync(string one)
    {
        var programme = $"/programmes/{Ground.Programme}";
        await Ground.DoAsync("mission", Coordinator, HttpMethod.Post, $"{programme}/missions", new { state = one, email = Ground.EmailOf($"Mission {one} for {State}") });
        await Ground.DoAsync("note verbale", Coordinator, HttpMethod.Post, $"{programme}/notes-verbales", new
        {
            state = one,
            number = NoteOf(one),
            dated = await Ground.TodayAsync(),
            signatory = "Permanent Representative",
        });
        await Ground.DoAsync("pool", Coordinator, HttpMethod.Put, $"{programme}/pool/{one}", new { optedIn = true, noteVerbale = NoteOf(one), version = 0 });
    }

    private string NoteOf(string one) => $"POOL/{one}/{State}";

    private async Task SpeakForAsync(string one)
    {
        var name = $"Speaker {one} for {State}";
        await PostAsync("focal point of a reviewing State", Coordinator, $"/reviewers/{one}/focal-points", new
        {
            name,
            email = Ground.EmailOf(name),
            office = "Mission",
            noteVerbale = new { number = NoteOf(one) },
        });
        _speakers[one] = await Ground.KnownAsync(name);
    }

    private async IAsyncEnumerable<string> InviteAsync()
    {
        foreach (var one in _speakers.Keys)
        {
            var name = $"Expert {one} for {State}";
            var invited = await PostAsync("invite", _speakers[one], "/invitations", new { name, email = Ground.EmailOf(name), office = "Agency", reserve = false });
            _experts[one] = await Ground.KnownAsync(name);
            await Ground.DoAsync(
                "accept", _experts[one], HttpMethod.Post, $"/invitations/{invited.GetProperty("key").GetString()}/answer", new { accepts = true });
        }

        await PutAsync("lead", _speakers[parts.Reserve], "/lead", new { person = Leader.Id });
        foreach (var speaker in _speakers.Values)
            await CompleteAsync(speaker, "nominate", new { });
        yield return "experts found";
        foreach (var expert in _experts.Values)
        {
            await PostAsync("declare", expert, "/declarations", new
            {
                ties = Array.Empty<string>(),
                details = "",
                conduct = true,
                signature = await Ground.SignatureAsync(),
            });
        }

        await PostAsync("waive objection", FocalPoint, "/stages/objection/waive", new { });
        yield return "declared";
    }

    private async IAsyncEnumerable<string> OpenAsync()
    {
        await PutAsync("minutes", Coordinator, "/minutes", new { language = "en", channel = "review@example.org", version = 0 });
        foreach (var person in _speakers.Values.Append(FocalPoint).Append(Coordinator))
            await SignAsync(person, "opening", (await ReadAsync(person, "/minutes")).GetProperty("contentHash").GetString());
        yield return "opened";
    }

    private async IAsyncEnumerable<string> CommentAsync()
    {
        await CompleteAsync(Coordinator, "complete", new { });
        var items = await ItemsAsync();
        yield return "complete";
        foreach (var expert in _experts.Values)
            await ExtendAsync(expert, "desk_review", 10);
        foreach (var expert in _experts.Values)
        {
            for (var i = 0; i < items.Count; i++)
            {
                var kind = i == 0 ? "question" : i == 1 ? "observation" : "no_comment";
                await PostAsync("comment", expert, "/comments", new
                {
                    item = items[i],
                    kind,
                    text = kind == "no_comment" ? "" : $"A {kind} of {expert.Name}.",
                    answerVersion = 1,
                });
            }

            await CompleteAsync(expert, "desk_review", new { });
        }

        yield return "commented";
    }

    private async IAsyncEnumerable<string> AskAsync()
    {
        var comments = (await ReadAsync(Leader, "/consolidation")).GetProperty("comments").EnumerateArray().ToList();
        await PutAsync("consolidation", Leader, "/consolidation", new
        {
            questions = new[] { new { id = "Q-01", item = comments[0].GetProperty("item").GetString(), text = "One question of two." } },
            placements = comments.Select(c => new { comment = c.GetProperty("id").GetGuid(), to = c.GetProperty("kind").GetString() == "question" ? "Q-01" : "report" }),
            contradictions = Array.Empty<object>(),
            version = 0,
        });
        await CompleteAsync(Leader, "consolidate", new { });
        yield return "asked";
        await ExtendAsync(FocalPoint, "state_reply", 10);
        await PutAsync("reply", FocalPoint, "/replies/Q-01", new { text = "The State replies.", version = 0 });
        await CompleteAsync(FocalPoint, "state_reply", new { });
        yield return "replied";
    }

    private async IAsyncEnumerable<string> DraftAsync()
    {
        await PostAsync("build", Leader, "/report/build", new { });
        await PutAsync("section", Leader, "/report/sections/summary", new { text = "The summary of the report.", version = 0 });
        await PostAsync("recommend", Leader, "/recommendations", new
        {
            content = new { measure = LightReview.Commitment("Keep a register of incidents"), comments = Array.Empty<Guid>() },
        });
        await CompleteAsync(Leader, "draft", new { });
        yield return "drafted";
        await PostAsync("comment of the State", FocalPoint, "/report/comments", new { about = "summary", text = "The State comments.", version = 0 });
        await CompleteAsync(FocalPoint, "fact_check", new { });
        yield return "checked";
    }

    private async IAsyncEnumerable<string> AgreeAsync()
    {
        await PostAsync("no agreement", _speakers[parts.Dissents], "/stages/agree/fail", new { reason = "The third section." });
        await PutAsync("dissent", _speakers[parts.Dissents], "/dissent", new { text = "It sees it otherwise.", version = 0 });
        yield return "no agreement";
        foreach (var person in new[] { Leader, Head, Authority, _speakers[parts.Reserve] })
            await SignAsync(person, "reconcile", (await ReadAsync(person, "/report")).GetProperty("contentHash").GetString());
        yield return "agreed but for one";
    }

    private async IAsyncEnumerable<string> RespondAsync()
    {
        await PutAsync("respond", FocalPoint, "/responses/R-01", new { answer = "accepted", reason = "", version = 0 });
        await SignAsync(Authority, "rec_response", (await ReadAsync(Authority, "/responses")).GetProperty("contentHash").GetString());
        var pieces = (await ReadAsync(Authority, "/publication")).GetProperty("pieces").EnumerateArray();
        await CompleteAsync(Authority, "pub_decide", new
        {
            choices = new { report = "full", summary = "full", recommendations = "full", action_plan = "full" },
            relabelled = pieces.Where(p => p.GetProperty("label").GetString() != "CLEAR").Select(p => p.GetProperty("key").GetString()!).ToArray(),
            signature = await Ground.SignatureAsync(),
        });
        await CompleteAsync(Coordinator, "publish", new { });
        yield return "published";
    }

    private async IAsyncEnumerable<string> FollowAsync()
    {
        var entry = LightReview.Commitment("A register");
        entry["recommendation"] = "R-01";
        await PostAsync("plan", FocalPoint, "/actions", new { content = entry, label = "CLEAR" });
        await CompleteAsync(FocalPoint, "action_plan", new { });
        var notes = new { early = true, text = "Begun.", notes = new[] { new { commitment = "C-01", status = "under_way", text = "Begun." } } };
        foreach (var stage in new[] { "check_6m", "mid_term" })
            await CompleteAsync(FocalPoint, stage, notes);
        await CompleteAsync(Leader, "mid_term", new { text = "Confirmed." });
        yield return "followed up";
    }
}

/// <summary>States with a part in a review, ISO 3166-1 alpha-3.</summary>
/// <param name="StepsBack">Named first for the subject's own regional group, declines.</param>
/// <param name="Reserve">Of the same group, steps in; its expert leads.</param>
/// <param name="Dissents">Of another group, does not agree to the report.</param>
/// <param name="OtherReserve">Its reserve, not needed.</param>
public sealed record ReviewingStates(string StepsBack, string Reserve, string Dissents, string OtherReserve);
