// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Court} from "../../src/dispute/Court.sol";
import {FeeInsurance} from "../../src/dispute/FeeInsurance.sol";
import {Choice, DisputeView, Phase} from "../../src/dispute/ICourt.sol";
import {Jury} from "../../src/dispute/Jury.sol";
import {Side} from "../../src/order/IArbitration.sol";
import {Action, Order, State} from "../../src/order/IOrderBook.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {Test} from "../support/Test.sol";

/// @notice Plays parties, jurors and backers at random before the house court, and writes down what it saw.
contract CourtHandler is Test {
    uint256 private constant JURORS = 9;
    uint8 private constant ROUNDS = 3;

    OrderBook public immutable book;
    Court public immutable court;
    Jury public immutable jury;
    FeeInsurance public immutable insurance;
    address public immutable token;

    address private immutable _tester = msg.sender;
    address private immutable _seller = person("seller");
    address private immutable _buyer = person("buyer");
    address[] public people;

    uint256 private immutable _offer;
    bytes private _terms;
    bytes[] private _orders;
    uint256[] public ids;
    /// Disputes whose ruling has been carried out, and rounds that have been settled: how often each.
    mapping(uint256 id => uint256) public executions;
    mapping(bytes32 round => uint256) public settlements;
    uint256 public violations;

    constructor(OrderBook book_, Court court_, address token_, uint256 offer, OfferTerms memory terms) {
        (book, court, token, _offer, _terms) = (book_, court_, token_, offer, abi.encode(terms));
        (jury, insurance) = (Jury(address(court_.jury())), FeeInsurance(address(court_.insurance())));
        for (uint256 i = 0; i < JURORS; ++i) people.push(vm.addr(0xa11ce + i));
        people.push(_buyer);
        people.push(_seller);
    }

    function open(uint256 quantity, bool insured, bool joined) external {
        // Few disputes, so that some of them get far.
        if (ids.length == 4) return;
        Order memory order;
        (order.offerId, order.version, order.terms) = (_offer, 1, abi.decode(_terms, (OfferTerms)));
        (order.buyer, order.quantity) = (_buyer, uint64(bound(quantity, 1, 50)));
        (order.validBefore, order.salt) = (type(uint64).max, bytes32(_orders.length));
        vm.startPrank(_buyer);
        book.placeOrder(order);
        if (insured) {
            (, uint256 premium,) = court.feeOf(token, book.totalOf(order));
            book.transferAndCall(token, address(insurance), premium, abi.encode(order));
        }
        vm.stopPrank();
        vm.prank(_seller);
        book.ship(order, 0);
        vm.prank(_buyer);
        book.perform(order, Action.Dispute, 0, 0);
        if (joined) {
            vm.prank(_seller);
            book.perform(order, Action.Join, 0, 0);
        }
        _orders.push(abi.encode(order));
        ids.push(court.disputeOf(book.orderIdOf(order)));
    }

    /// @dev Any step, whatever the phase.
    function vote(uint256 which, uint8 stayAway, uint8 choices, bool revealing) external {
        if (ids.length == 0) return;
        if (revealing) _reveal(_idAt(which), choices);
        else _commit(_idAt(which), stayAway, choices);
    }

    /// @dev Some of the steps that the phases wait for: how disputes get far.
    function advance(uint256 which, uint8[6] calldata dice, uint8 steps) external {
        if (ids.length == 0) return;
        for (uint256 i = 0; i <= steps % 6; ++i) _advance(which, dice[i]);
    }

    /// @dev A backer brings a part, or all that is missing.
    function contribute(uint256 which, uint256 who, uint96 part, bool all, bool forSeller) external {
        if (ids.length != 0) _contribute(_idAt(which), who, part, all, forSeller ? Side.Seller : Side.Buyer);
    }

    function execute(uint256 which) external {
        if (ids.length != 0) _execute(which);
    }

    function close(uint256 which) external {
        if (ids.length == 0) return;
        try court.close(_idAt(which)) {} catch {}
    }

    function settleRound(uint256 which, uint8 round) external {
        if (ids.length == 0) return;
        (uint256 id, uint8 index) = (_idAt(which), round % ROUNDS);
        try court.settleRound(id, index) {
            ++settlements[keccak256(abi.encode(id, index))];
        } catch {}
    }

    function settleContribution(uint256 which, uint8 round, uint256 who, bool forSeller) external {
        if (ids.length == 0) return;
        Side side = forSeller ? Side.Seller : Side.Buyer;
        try court.settleContribution(_idAt(which), round % ROUNDS, side, _person(who)) {} catch {}
    }

    /// @dev Seldom, or no dispute would be ruled.
    function concede(uint256 which, bool seller, uint8 dice) external {
        if (ids.length == 0 || dice % 4 != 0) return;
        Order memory order = _orderAt(which);
        vm.prank(seller ? _seller : _buyer);
        try book.perform(order, seller ? Action.Refund : Action.Confirm, 0, 0) {} catch {}
    }

    function stake(uint256 who, uint64 amount) external {
        vm.prank(_person(who));
        try book.transferAndCall(token, address(jury), amount, "") {} catch {}
    }

    function unstake(uint256 who, uint256 amount) external {
        address juror = _person(who);
        uint256 before = jury.jurorOf(juror).locked;
        amount = bound(amount, 0, jury.jurorOf(juror).stake + 1);
        vm.prank(juror);
        try jury.unstake(amount) {} catch {}
        if (jury.jurorOf(juror).stake < before) ++violations;
    }

    function resume(uint256 who) external {
        vm.prank(_person(who));
        try jury.resume() {} catch {}
    }

    function wait(uint32 time, uint8 blocks) external {
        vm.warp(block.timestamp + bound(time, 1, 2 days));
        vm.roll(block.number + 1 + blocks % 4);
    }

    /// @dev From wherever things stand: every order ends, every dispute is closed, everybody is paid. Nothing of it may fail.
    function windUp() external {
        // Not a step of the random play.
        if (msg.sender != _tester) return;
        vm.warp(block.timestamp + 60 days);
        for (uint256 i = 0; i < ids.length; ++i) {
            Order memory order = _orderAt(i);
            (State state,,) = book.stateOf(book.orderIdOf(order));
            if (state == State.Contested || state == State.Disputed) book.settleDue(order);
            if (uint8(court.getDispute(ids[i]).phase) < uint8(Phase.Closed)) court.close(ids[i]);
        }
        _drawWaiting();
        for (uint256 i = 0; i < ids.length; ++i) {
            for (uint8 round = 0; round < ROUNDS; ++round) _windUpRound(ids[i], round);
        }
    }

    function idCount() external view returns (uint256) {
        return ids.length;
    }

    function peopleCount() external view returns (uint256) {
        return people.length;
    }

    /// @dev Three of four times everybody does their part.
    function _advance(uint256 which, uint8 dice) private {
        uint256 id = _idAt(which);
        Phase phase = court.getDispute(id).phase;
        uint8 stayAway = dice % 4 == 0 ? dice >> 2 : 0;
        if (phase == Phase.Contested) return _join(which);
        if (phase == Phase.Decided) return _execute(which);
        if (phase == Phase.Commit) _commit(id, stayAway, dice);
        else if (phase == Phase.Reveal) _revealAsCommitted(id, stayAway);
        else if (phase == Phase.Appeal) _appeal(id, dice);
        _pass(id);
    }

    function _join(uint256 which) private {
        vm.prank(_seller);
        try book.perform(_orderAt(which), Action.Join, 0, 0) {} catch {}
    }

    /// @dev What {_commit} wrote down is in the seats; the choices are tried.
    function _revealAsCommitted(uint256 id, uint8 stayAway) private {
        DisputeView memory d = court.getDispute(id);
        for (uint8 i = 0; i < court.getRound(id, d.round).seats; ++i) {
            if (stayAway >> (i % 8) & 1 == 1) continue;
            (address juror, bytes32 commitment,) = court.seatOf(id, d.round, i);
            for (uint8 c = 1; c <= 3; ++c) {
                if (commitment != court.commitmentOf(id, d.round, juror, Choice(c), 0)) continue;
                vm.prank(juror);
                try court.revealVote(id, i, Choice(c), 0, "") {} catch {}
            }
        }
    }

    function _commit(uint256 id, uint8 stayAway, uint8 choices) private {
        DisputeView memory d = court.getDispute(id);
        for (uint8 i = 0; i < court.getRound(id, d.round).seats; ++i) {
            if (stayAway >> (i % 8) & 1 == 1) continue;
            (address juror,,) = court.seatOf(id, d.round, i);
            bytes32 commitment = court.commitmentOf(id, d.round, juror, _choice(choices, i), 0);
            vm.prank(juror);
            try court.commitVote(id, i, commitment) {} catch {}
        }
    }

    function _reveal(uint256 id, uint8 choices) private {
        DisputeView memory d = court.getDispute(id);
        for (uint8 i = 0; i < court.getRound(id, d.round).seats; ++i) {
            (address juror,,) = court.seatOf(id, d.round, i);
            vm.prank(juror);
            try court.revealVote(id, i, _choice(choices, i), 0, "") {} catch {}
        }
    }

    /// @dev Nothing, one side, or both sides in two parts.
    function _appeal(uint256 id, uint256 dice) private {
        if (dice % 3 == 0) return;
        _contribute(id, dice, 1000, false, Side.Seller);
        _contribute(id, dice + 1, 0, true, Side.Seller);
        _contribute(id, dice + 2, 1000, false, Side.Buyer);
        if (dice % 3 == 2) _contribute(id, dice + 3, 0, true, Side.Buyer);
    }

    function _contribute(uint256 id, uint256 who, uint256 part, bool all, Side side) private {
        (uint256 raised, uint256 target) = court.appealOf(id, court.getDispute(id).round + 1, side);
        if (target <= raised) return;
        uint256 amount = all ? target - raised : bound(part, 1, target - raised);
        vm.prank(_person(who));
        try book.transferAndCall(token, address(court), amount, abi.encode(id, side)) {} catch {}
    }

    function _pass(uint256 id) private {
        // Asks for a panel where none has been asked for.
        try court.draw(id) {} catch {}
        _drawWaiting();
        uint256 deadline = court.getDispute(id).deadline;
        if (deadline >= block.timestamp) vm.warp(deadline + 1);
        try court.passPeriod(id) {} catch {}
    }

    function _execute(uint256 which) private {
        uint256 id = _idAt(which);
        try court.execute(id, _orderAt(which)) {
            ++executions[id];
        } catch {}
    }

    function _windUpRound(uint256 id, uint8 round) private {
        bool judged = round <= court.getDispute(id).round;
        if (judged && !court.getRound(id, round).settled) court.settleRound(id, round);
        for (uint256 k = 0; k < people.length; ++k) _settleContributions(id, round, people[k]);
    }

    function _settleContributions(uint256 id, uint8 round, address contributor) private {
        for (uint8 side = 0; side < 2; ++side) {
            if (court.contributionOf(id, round, Side(side), contributor) == 0) continue;
            court.settleContribution(id, round, Side(side), contributor);
        }
    }

    /// @dev Draws every panel whose ticket waits, in their order.
    function _drawWaiting() private {
        vm.roll(block.number + 2);
        while (court.drawPending()) {
            uint256 next = type(uint256).max;
            uint256 id = 0;
            for (uint256 i = 0; i < ids.length; ++i) {
                uint64 ticket = court.getDispute(ids[i]).ticket;
                if (ticket != 0 && ticket < next) (next, id) = (ticket, ids[i]);
            }
            court.draw(id);
        }
    }

    function _choice(uint8 choices, uint8 seat) private pure returns (Choice) {
        return Choice(1 + (choices >> (seat % 4 * 2)) % 3);
    }

    function _person(uint256 who) private view returns (address) {
        return people[who % people.length];
    }

    function _idAt(uint256 which) private view returns (uint256) {
        return ids[which % ids.length];
    }

    function _orderAt(uint256 which) private view returns (Order memory) {
        return abi.decode(_orders[which % _orders.length], (Order));
    }
}
