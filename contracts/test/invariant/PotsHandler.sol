// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPots, Kind, Wish} from "../../src/live/IPots.sol";
import {Pots} from "../../src/live/Pots.sol";
import {OrderBook} from "../../src/order/OrderBook.sol";
import {Test} from "../support/Test.sol";

/// @notice Hosts who open pots, show their secrets or not, and people who come, also uninvited and too late, at random.
contract PotsHandler is Test {
    uint256 private constant HOSTS = 2;
    uint256 private constant PEOPLE = 6;

    struct Known {
        address host;
        Kind kind;
        uint16 places;
        uint40 entriesUntil;
        uint16 revealSeconds;
        uint32 entries;
        uint32 candidates;
        uint128 amount;
        uint24 operatorId;
        uint256 armed;
        bool withHost;
        bool over;
    }

    OrderBook private immutable _book;
    Pots private immutable _pots;
    address private immutable _token;
    address private immutable _operator;
    uint24 private immutable _operatorId;

    Known[] private _known;
    mapping(uint256 potId => mapping(address account => bool)) private _entered;
    mapping(uint256 potId => mapping(address account => bool)) private _owes;
    mapping(bytes4 selector => uint256) public successes;
    /// Calls that should have failed and did not, or the other way round; and money that moved where it should not.
    uint256 public violations;

    constructor(OrderBook book, Pots pots, address token, address operator, uint24 operatorId) {
        (_book, _pots, _token, _operator, _operatorId) = (book, pots, token, operator, operatorId);
    }

    function hostOf(uint256 i) public pure returns (address) {
        return person(i % HOSTS == 0 ? "host" : "second host");
    }

    function personOf(uint256 i) public pure returns (address) {
        string[PEOPLE] memory names = ["ann", "bob", "cyd", "dan", "eve", "fay"];
        return person(names[i % PEOPLE]);
    }

    function count() external view returns (uint256) {
        return _known.length;
    }

    function knownOf(uint256 potId) external view returns (Known memory) {
        return _known[potId - 1];
    }

    function open(uint256 by, uint8 kind, uint16 places, uint64 amount, uint16 seconds_) external {
        Wish memory wish;
        address host = hostOf(by);
        (wish.kind, wish.places, wish.operatorId) = (Kind(kind % 3), places % 8, by % 4 == 3 ? 0 : _operatorId);
        (wish.entriesUntil, wish.revealSeconds) = (uint40(block.timestamp + seconds_ % 40), kind % 3 == 2 ? seconds_ % 90 : 0);
        if (by % 8 != 5) wish.commitment = _pots.commitmentOf(host, _secretOf(host, _known.length + 1));
        uint128 pot = amount % 10_000;
        bool fine = wish.places != 0 && pot >= wish.places && wish.entriesUntil > block.timestamp;
        vm.prank(host);
        try _book.transferAndCall(_token, address(_pots), pot, abi.encode(wish)) {
            _note(fine, Pots.onPaid.selector);
            _known.push(Known(host, wish.kind, wish.places, wish.entriesUntil, wish.revealSeconds, 0, 0, pot, wish.operatorId, 0, wish.commitment != 0, false));
        } catch {
            if (fine) ++violations;
        }
    }

    function enter(uint256 which, uint256 who, bool commits, uint8 likely) external {
        if (_known.length == 0) return;
        (uint256 potId, Known storage pot) = _pick(which);
        address account = likely < 16 ? pot.host : personOf(who);
        commits = commits && pot.revealSeconds != 0;
        bytes32 commitment = commits ? _pots.commitmentOf(account, _secretOf(account, potId)) : bytes32(0);
        bool byOperator = likely % 4 != 3;
        bool fine = !pot.over && !_isFull(pot) && block.timestamp <= pot.entriesUntil && account != pot.host && !_entered[potId][account]
            && byOperator == (pot.operatorId != 0);
        uint256 before = _balance(account);
        vm.prank(byOperator ? _operator : account);
        try _pots.enter(potId, account, commitment) {
            _note(fine, IPots.enter.selector);
            ++pot.entries;
            (_entered[potId][account], _owes[potId][account]) = (true, commits);
            if (pot.kind != Kind.Even && !commits) ++pot.candidates;
            uint256 share = pot.kind == Kind.Even ? pot.amount / pot.places : 0;
            if (_balance(account) - before != share) ++violations;
            if (pot.kind == Kind.Even && pot.entries == pot.places) pot.over = true;
            if (pot.kind == Kind.Lucky && pot.entries == pot.places) pot.entriesUntil = uint40(block.timestamp - 1);
        } catch {
            if (fine || _balance(account) != before) ++violations;
        }
    }

    function reveal(uint256 which, uint256 who, uint8 likely) external {
        if (_known.length == 0) return;
        (uint256 potId, Known storage pot) = _pick(which);
        address account = personOf(who);
        bool inTime = block.timestamp > pot.entriesUntil && block.timestamp <= uint256(pot.entriesUntil) + pot.revealSeconds;
        bool fine = !pot.over && inTime && _owes[potId][account] && likely >= 16;
        try _pots.reveal(potId, account, likely < 16 ? bytes32("wrong") : _secretOf(account, potId)) {
            _note(fine, IPots.reveal.selector);
            _owes[potId][account] = false;
            ++pot.candidates;
        } catch {
            if (fine) ++violations;
        }
    }

    function decide(uint256 which, uint8 likely) external {
        if (_known.length == 0) return;
        (uint256 potId, Known storage pot) = _pick(which);
        bool fine = _isDecidable(pot) && _isKnown(pot.armed) && pot.withHost && likely >= 16;
        try _pots.decide(potId, likely < 16 ? bytes32("wrong") : _secretOf(pot.host, potId)) {
            _note(fine, IPots.decide.selector);
            pot.over = true;
        } catch {
            if (fine) ++violations;
        }
    }

    function arm(uint256 which) external {
        if (_known.length == 0) return;
        (uint256 potId, Known storage pot) = _pick(which);
        bool hostIsLate = pot.withHost && block.timestamp > _decidableFrom(pot) + 2 minutes;
        bool again = hostIsLate || block.number > pot.armed + 256;
        bool fine = _isDecidable(pot) && (pot.armed == 0 || again);
        try _pots.arm(potId) {
            _note(fine, IPots.arm.selector);
            if (pot.armed != 0) pot.withHost = false;
            pot.armed = block.number + 1;
            pot.entriesUntil = uint40(block.timestamp - 1 - pot.revealSeconds);
        } catch {
            if (fine) ++violations;
        }
    }

    function decideByBlock(uint256 which) external {
        if (_known.length == 0) return;
        (uint256 potId, Known storage pot) = _pick(which);
        bool fine = _isDecidable(pot) && _isKnown(pot.armed) && !pot.withHost;
        try _pots.decideByBlock(potId) {
            _note(fine, IPots.decideByBlock.selector);
            pot.over = true;
        } catch {
            if (fine) ++violations;
        }
    }

    function close(uint256 which) external {
        if (_known.length == 0) return;
        (uint256 potId, Known storage pot) = _pick(which);
        bool fine = !pot.over && pot.candidates == 0 && block.timestamp > uint256(pot.entriesUntil) + pot.revealSeconds;
        try _pots.close(potId) {
            _note(fine, IPots.close.selector);
            pot.over = true;
        } catch {
            if (fine) ++violations;
        }
    }

    function pass(uint16 seconds_, uint16 blocks) external {
        // Short steps, so that there is time to reveal, and now and then a host that stays away.
        vm.warp(block.timestamp + (seconds_ % 8 == 0 ? 130 : seconds_ % 20 + 1));
        vm.roll(block.number + (blocks % 8 == 0 ? 300 : blocks % 4 + 1));
    }

    function _pick(uint256 which) private view returns (uint256 potId, Known storage pot) {
        // Mostly the latest: older ones are over.
        uint256 back = which % 8 < 6 ? 0 : which % _known.length;
        potId = _known.length - back;
        pot = _known[potId - 1];
    }

    function _note(bool allowed, bytes4 selector) private {
        if (!allowed) ++violations;
        ++successes[selector];
    }

    function _isFull(Known storage pot) private view returns (bool) {
        return pot.kind != Kind.Draw && pot.entries == pot.places;
    }

    function _decidableFrom(Known storage pot) private view returns (uint256) {
        return uint256(pot.entriesUntil) + pot.revealSeconds;
    }

    /// @dev On a chain without a history of hashes.
    function _isKnown(uint256 armed) private view returns (bool) {
        return armed != 0 && block.number > armed && block.number <= armed + 256;
    }

    function _isDecidable(Known storage pot) private view returns (bool) {
        return !pot.over && pot.kind != Kind.Even && pot.candidates != 0 && block.timestamp > _decidableFrom(pot);
    }

    function _balance(address account) private view returns (uint256) {
        return _book.balanceOf(account, _token);
    }

    function _secretOf(address account, uint256 potId) private pure returns (bytes32) {
        return keccak256(abi.encode("secret", account, potId));
    }
}
