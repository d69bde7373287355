// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Court} from "../../src/dispute/Court.sol";
import {FeeInsurance} from "../../src/dispute/FeeInsurance.sol";
import {Choice, Phase, Tariff} from "../../src/dispute/ICourt.sol";
import {Jury} from "../../src/dispute/Jury.sol";
import {Side} from "../../src/order/IArbitration.sol";
import {Action, Order} from "../../src/order/IOrderBook.sol";
import {TestToken} from "../../src/platform/TestToken.sol";
import {OfferTerms} from "../../src/shop/ICatalog.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// @notice A market whose shop names the house court, with twelve jurors, and both sides able to pay.
abstract contract CourtTest is MarketTest {
    uint96 internal constant SEAT = 10e6;
    uint256 internal constant PENALTY = 2e6;
    uint256 internal constant STAKE = 100e6;
    uint80 internal constant MIN_FEE = 100_000;
    /// 1 % of the order for each juror.
    uint256 internal constant PER_JUROR = TOTAL / 100;
    uint256 internal constant FEE = 3 * PER_JUROR;
    uint256 internal constant JURORS = 12;
    uint256 internal constant PERIOD = 45 minutes;
    bytes32 internal constant SALT = "salt";

    Court internal court;
    Jury internal jury;
    FeeInsurance internal insurance;
    TestToken internal vote;
    address[] internal jurors;
    uint256 internal courtOffer;

    function setUp() public virtual override {
        super.setUp();
        vote = new TestToken("Juror Stake", "STK", 6, address(this));
        court = new Court(book, shop, address(this), address(forwarder), address(vote), SEAT, 2000, "data:,question");
        jury = Jury(address(court.jury()));
        insurance = FeeInsurance(address(court.insurance()));
        court.setTariff(address(token), Tariff(MIN_FEE, 100, 100e6, 1000e6));
        parameters.setArbitrator(address(court), true);
        OfferTerms memory terms = _terms();
        terms.arbitrator = address(court);
        courtOffer = _publish(terms, 1000);
        _stake(SHOP_ACCOUNT, RICH);
        for (uint256 i = 0; i < JURORS; ++i) jurors.push(_juror(i));
    }

    /// @dev A juror with a full stake.
    function _juror(uint256 number) internal returns (address juror) {
        juror = vm.addr(0xa11ce + number);
        _stakeAs(juror, STAKE);
    }

    function _stakeAs(address juror, uint256 amount) internal {
        vote.mint(address(this), amount);
        vote.approve(address(book), amount);
        book.deposit(juror, address(vote), amount);
        vm.prank(juror);
        book.transferAndCall(address(vote), address(jury), amount, "");
    }

    function _courtOrder() internal returns (Order memory order) {
        OfferTerms memory terms = _terms();
        terms.arbitrator = address(court);
        order = _orderOf(courtOffer, terms);
        _place(order);
        vm.prank(seller);
        book.ship(order, "note");
    }

    function _dispute(Order memory order) internal returns (uint256 id) {
        vm.prank(order.buyer);
        book.perform(order, Action.Dispute, 0, "broken");
        return court.disputeOf(_idOf(order));
    }

    function _join(Order memory order) internal {
        vm.prank(seller);
        book.perform(order, Action.Join, 0, "fine");
    }

    function _contested() internal returns (Order memory order, uint256 id) {
        order = _courtOrder();
        id = _dispute(order);
    }

    function _joined() internal returns (Order memory order, uint256 id) {
        (order, id) = _contested();
        _join(order);
        court.draw(id);
    }

    function _drawn() internal returns (Order memory order, uint256 id) {
        (order, id) = _joined();
        _draw(id);
    }

    /// @dev Asks for the panel if nobody has, and draws it.
    function _draw(uint256 id) internal {
        if (court.getDispute(id).ticket == 0) court.draw(id);
        vm.roll(block.number + 2);
        court.draw(id);
    }

    function _committing() internal returns (Order memory order, uint256 id) {
        (order, id) = _drawn();
        _pass(id);
    }

    /// @dev Lets the present period run out.
    function _pass(uint256 id) internal {
        vm.warp(court.getDispute(id).deadline + 1);
        court.passPeriod(id);
    }

    /// @dev The whole present panel commits to the choices, in the order of the seats; None stays away.
    function _commit(uint256 id, Choice[] memory choices) internal {
        uint8 round = court.getDispute(id).round;
        for (uint8 i = 0; i < choices.length; ++i) {
            if (choices[i] == Choice.None) continue;
            (address juror,,) = court.seatOf(id, round, i);
            bytes32 commitment = court.commitmentOf(id, round, juror, choices[i], SALT);
            vm.prank(juror);
            court.commitVote(id, i, commitment);
        }
    }

    function _reveal(uint256 id, Choice[] memory choices) internal {
        uint8 round = court.getDispute(id).round;
        for (uint8 i = 0; i < choices.length; ++i) {
            if (choices[i] == Choice.None) continue;
            (address juror,,) = court.seatOf(id, round, i);
            vm.prank(juror);
            court.revealVote(id, i, choices[i], SALT, "because");
        }
    }

    /// @dev From Commit to the end of the round's vote.
    function _vote(uint256 id, Choice[] memory choices) internal {
        _commit(id, choices);
        _passWhenDue(id);
        _reveal(id, choices);
        _passWhenDue(id);
    }

    /// @dev At once when everybody has done their part, else when the time is over.
    function _passWhenDue(uint256 id) internal {
        try court.passPeriod(id) {}
        catch {
            _pass(id);
        }
    }

    /// @dev Joined, drawn and voted; now in the appeal period.
    function _ruled(Choice a, Choice b, Choice c) internal returns (Order memory order, uint256 id) {
        (order, id) = _committing();
        _vote(id, _choices(a, b, c));
    }

    /// @dev Ruled, and nobody appealed.
    function _decided(Choice a, Choice b, Choice c) internal returns (Order memory order, uint256 id) {
        (order, id) = _ruled(a, b, c);
        _pass(id);
    }

    function _choices(Choice a, Choice b, Choice c) internal pure returns (Choice[] memory choices) {
        choices = new Choice[](3);
        (choices[0], choices[1], choices[2]) = (a, b, c);
    }

    function _all(Choice choice, uint256 count) internal pure returns (Choice[] memory choices) {
        choices = new Choice[](count);
        for (uint256 i = 0; i < count; ++i) choices[i] = choice;
    }

    /// @dev Contributes to a side's appeal out of the contributor's balance.
    function _contribute(address from, uint256 id, Side side, uint256 amount) internal {
        if (_balance(from) < amount) _stake(from, amount);
        vm.prank(from);
        book.transferAndCall(address(token), address(court), amount, abi.encode(id, side));
    }

    /// @dev Pays the losing side's whole appeal and starts the next round, drawn and in its commit period.
    function _appeal(uint256 id, Side side) internal {
        uint8 next = court.getDispute(id).round + 1;
        (, uint256 target) = court.appealOf(id, next, side);
        _contribute(stranger, id, side, target);
        _pass(id);
        _draw(id);
        _pass(id);
    }

    function _seatOf(uint256 id, uint8 round, uint8 seat) internal view returns (address juror) {
        (juror,,) = court.seatOf(id, round, seat);
    }

    function _phase(uint256 id) internal view returns (Phase) {
        return court.getDispute(id).phase;
    }

    function _assertPhase(uint256 id, Phase expected) internal view {
        assertEq(uint8(court.getDispute(id).phase), uint8(expected), "phase");
    }

    function _assertRuling(uint256 id, Choice expected) internal view {
        assertEq(court.currentRuling(id), uint256(expected), "ruling");
    }

    function _courtBalance() internal view returns (uint256) {
        return _balance(address(court));
    }

    function _stakeOf(address juror) internal view returns (uint256) {
        return jury.jurorOf(juror).stake;
    }

    function _lockedOf(address juror) internal view returns (uint256) {
        return jury.jurorOf(juror).locked;
    }
}
