// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Account} from "../../src/account/Account.sol";
import {Guardian, IRecovery} from "../../src/account/IRecovery.sol";
import {Test} from "../support/Test.sol";

/// @notice Plays guardians, strangers, thieves and the account itself at random, and keeps books of its own about who
/// approved what, when, and who objected: a second opinion on every change of signers.
contract RecoveryHandler is Test {
    uint32 private constant DELAY = 2 days;

    IRecovery public immutable recovery;
    Account public immutable account;
    /// Four who may be guardians, and a stranger who never is.
    address[5] public people = [person("ann"), person("bo"), person("cy"), person("code"), person("stranger")];

    /// Whom the account made guardians last, by place in `people`; zero is none.
    uint8[5] public weights;
    uint16 public threshold;
    /// When somebody approved one of the three proposals in this round; zero is never.
    uint256[5][3] private _approvedAt;
    bool[5] private _objects;
    /// Proposal that reached the threshold plus one, and when.
    uint256 private _pending;
    uint256 private _pendingSince;

    /// What the signers ought to be.
    bytes32 public expected;
    uint256 public violations;
    uint256 public recoveries;
    uint256 public vetoes;

    constructor(IRecovery recovery_, Account account_) {
        (recovery, account) = (recovery_, account_);
        expected = fingerprint();
    }

    function protect(uint8[4] calldata weights_, uint16 threshold_) external {
        Guardian[] memory guardians = new Guardian[](4);
        uint256 sum = 0;
        for (uint256 i = 0; i < 4; ++i) {
            guardians[i] = Guardian(people[i], uint8(bound(weights_[i], 1, 4)));
            sum += guardians[i].weight;
        }
        threshold_ = uint16(bound(threshold_, 1, sum));
        vm.prank(address(account));
        try recovery.setGuardians(guardians, threshold_, DELAY) {
            _note(_pending == 0);
            for (uint256 i = 0; i < 4; ++i) weights[i] = guardians[i].weight;
            threshold = threshold_;
            _endRound();
        } catch {
            _note(_pending != 0);
        }
    }

    function approve(uint256 who, uint256 which) external {
        (who, which) = (who % 5, which % 3);
        vm.prank(people[who]);
        try recovery.approve(address(account), signersOf(which), 1) {
            _note(weights[who] != 0 && _pending == 0);
            _approvedAt[which][who] = block.timestamp;
            uint256 weight = 0;
            for (uint256 i = 0; i < 5; ++i) {
                if (_approvedAt[which][i] != 0) weight += weights[i];
            }
            (,,,,, uint40 executableAt) = recovery.planOf(address(account));
            if (executableAt == 0) return;
            _note(weight >= threshold);
            (_pending, _pendingSince) = (which + 1, block.timestamp);
        } catch {}
    }

    function veto(uint256 who) external {
        who = who % 6;
        vm.prank(who == 5 ? address(account) : people[who]);
        try recovery.veto(address(account)) {
            ++vetoes;
            if (who == 5) return _endRound();
            _note(_pending != 0 && weights[who] != 0);
            _objects[who] = true;
            (uint256 against, uint256 all) = (0, 0);
            for (uint256 i = 0; i < 5; ++i) {
                if (weights[i] == 0) continue;
                ++all;
                if (_objects[i]) ++against;
            }
            if (against * 2 <= all) return;
            for (uint256 i = 0; i < 5; ++i) {
                if (_approvedAt[_pending - 1][i] != 0 && !_objects[i]) weights[i] = 0;
            }
            _endRound();
        } catch {}
    }

    function execute(uint256 which) external {
        which = which % 3;
        try recovery.execute(address(account), signersOf(which), 1) {
            _note(_pending == which + 1 && block.timestamp >= _pendingSince + DELAY);
            ++recoveries;
            expected = fingerprint();
            _note(account.getSignerCount() == 1 && account.isSigner(signersOf(which)[0]));
            _endRound();
        } catch {}
    }

    /// The signers, by their own threshold, change themselves: always allowed.
    function changeOwnSigners(uint256 which, bool add) external {
        bytes[] memory signers = signersOf(which % 3);
        vm.prank(address(account));
        if (add) try account.addSigners(signers) {} catch {}
        else try account.removeSigners(signers) {} catch {}
        expected = fingerprint();
    }

    /// Nobody else ever does, by whichever door.
    function breakIn(uint256 who, uint256 which) external {
        bytes[] memory signers = signersOf(which % 3);
        vm.startPrank(people[who % 5]);
        try account.replaceSigners(signers, 1) {
            ++violations;
        } catch {}
        try account.addSigners(signers) {
            ++violations;
        } catch {}
        try account.initialize(signers, 1) {
            ++violations;
        } catch {}
        vm.stopPrank();
    }

    function wait(uint32 time) external {
        vm.warp(block.timestamp + bound(time, 1 hours, 3 days));
    }

    function signersOf(uint256 which) public pure returns (bytes[] memory signers) {
        signers = new bytes[](1);
        signers[0] = abi.encodePacked(person("phone"), uint8(which));
    }

    function fingerprint() public view returns (bytes32) {
        return keccak256(abi.encode(account.getSigners(0, type(uint64).max), account.threshold()));
    }

    function _endRound() private {
        delete _approvedAt;
        delete _objects;
        (_pending, _pendingSince) = (0, 0);
    }

    function _note(bool fine) private {
        if (!fine) ++violations;
    }
}
